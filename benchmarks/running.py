"""A server of this project on a free port, for benchmarks in a browser."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen


@contextmanager
def server() -> Iterator[str]:
    """Run the server during the block; the value is its address.

    Raises:
        TimeoutError: it did not start within a minute.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "adexplain.server:create_app"]
    process = subprocess.Popen([*command, "--port", str(port), "--log-level", "warning"])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str) -> None:
    """Wait until the server can compare, which comes last: its worker has to import SymPy."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urlopen(address + "/verdict?f=x*x").close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError("The server did not start.")
