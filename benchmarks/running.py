"""A server of this project on a free port, for benchmarks and browser tests."""

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
        RuntimeError: it ended before it answered.
        TimeoutError: it did not start in time.
    """
    port = free_port()
    process = start(port)
    try:
        yield wait_for(port, process)
    finally:
        stop(process)


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def start(port: int) -> subprocess.Popen[bytes]:
    """Start the server without waiting for it."""
    command = [sys.executable, "-m", "uvicorn", "--factory", "adexplain.server:create_app"]
    return subprocess.Popen([*command, "--port", str(port), "--log-level", "warning"])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server; kill it if it has not ended after 20 s."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(
    port: int, process: subprocess.Popen[bytes] | None = None, seconds: float = 120
) -> str:
    """The server's address, once it answers.

    A comparison is there last: its worker imports SymPy first.

    Args:
        port: its port.
        process: its process, if it was started here; waiting ends when the process does.
        seconds: how long to wait.

    Raises:
        RuntimeError: the process has ended.
        TimeoutError: it did not answer in time.
    """
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"The server ended with exit code {process.returncode}.")
        try:
            urlopen(address + "/verdict?f=x*x").close()
            return address
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError("The server did not start.")
