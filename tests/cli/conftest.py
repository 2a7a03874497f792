"""The command line, called in this process."""

import pytest

from adexplain.cli.main import main


@pytest.fixture
def command(capsys):
    """The command in this process: exit code, standard output, standard error."""

    def call(*words):
        code = main(words)
        return code, *capsys.readouterr()

    return call
