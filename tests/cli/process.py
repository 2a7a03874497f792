"""The command line as a process of its own."""

import os
import subprocess
import sys

BAYDIN = ["ln(x1) + x1*x2 - sin(x2)", "x1=2", "x2=5"]


def run(*words, stdin="", **environment):
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "adexplain", *words],
        input=stdin.encode(),
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )
