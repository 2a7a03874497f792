"""One server for all workers of a run: kept by the process that controls them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from benchmarks import running

PORT = "adexplain_port"
BROWSER_TESTS = "tests/browser/"
"""Where the tests are that need the server."""


class SharedServer:
    """A plugin of pytest-xdist's controlling process."""

    def __init__(self) -> None:
        self.port = running.free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker where the server is going to be."""
        node.workerinput[PORT] = self.port

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Iterable[str]) -> None:
        """Start the server as soon as a collected test needs it."""
        if self.process is None and any(name.startswith(BROWSER_TESTS) for name in ids):
            self.process = running.start(self.port)

    def pytest_sessionfinish(self) -> None:
        """End it: all workers are done."""
        if self.process is not None:
            running.stop(self.process)


@contextmanager
def server(config: pytest.Config) -> Iterator[str]:
    """Address of the shared server; without xdist, of a server started here."""
    if hasattr(config, "workerinput"):
        yield running.wait_for(config.workerinput[PORT])
        return
    with running.server() as address:
        yield address
