"""The tests of the browser's pure modules, run by node."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = sorted((Path(__file__).parent / "javascript").glob("*.test.js"))


@pytest.mark.parametrize("test", TESTS, ids=lambda path: path.stem)
def test_the_module_keeps_its_word(test):
    node = shutil.which("node")
    if node is None:
        reason = "There is no node here: install it to run these tests."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run([node, "--test", str(test)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
