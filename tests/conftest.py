"""Settings for every test: how much is tried, and one server for all workers of a run."""

from __future__ import annotations

import pytest

from tests import sizes
from tests.sharing import SharedServer


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("adexplain")
    group.addoption("--thorough", action="store_true", help="try ten times as many samples")


def pytest_configure(config: pytest.Config) -> None:
    sizes.choose("thorough" if config.getoption("--thorough") else "default")
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SharedServer())
