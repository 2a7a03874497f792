"""What the command line writes to terminals, pipes and streams without Unicode."""

import os
import subprocess
import sys

import pytest

from adexplain.server.exporting.formats import FORMATS
from tests.cli.process import BAYDIN, run


def test_no_colour_in_a_pipe_and_signs_where_they_can_be_shown():
    done = run("trace", "abs(x)", "x=0", PYTHONIOENCODING="utf-8")
    assert b"\x1b" not in done.stdout
    assert "▲" in done.stdout.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_ascii_streams_never_fail(name):
    done = run("trace", "α*abs(x)", "α=1", "x=0", "--format", name, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    done.stdout.decode("ascii")


def test_the_screens_width_is_kept():
    done = run("trace", *BAYDIN, COLUMNS="72", PYTHONIOENCODING="utf-8")
    lines = done.stdout.decode().splitlines()
    assert max(map(len, lines)) <= 78  # accents take no room


@pytest.mark.skipif(os.name == "nt", reason="there are no terminals of this kind on Windows")
@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}])
def test_colour_on_a_terminal(environment):
    import pty

    main_end, terminal = pty.openpty()
    base = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}
    words = [sys.executable, "-m", "adexplain", "trace", "x*x", "x=2"]
    process = subprocess.Popen(words, stdout=terminal, env=base | environment)
    os.close(terminal)
    shown = b""
    while True:
        try:
            part = os.read(main_end, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert process.wait() == 0
    assert (b"\x1b[" in shown) == (not environment)


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
def test_a_closed_pipe_is_no_drama():
    text = "+".join(["x"] * 5000)
    words = [sys.executable, "-m", "adexplain", "trace", "-", "x=1", "--format", "csv"]
    process = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdin.write(text.encode())
    process.stdin.close()
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141
