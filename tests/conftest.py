"""Pytest options ``--quick`` and ``--thorough``, and the server shared by workers."""

from __future__ import annotations

from collections import Counter
from zlib import crc32

import pytest

from tests import sizes
from tests.sharing import BROWSER_TESTS, SharedServer

QUICK_SECONDS = 3.0
"""Tests of a quick run slower than this are listed at its end."""

MANY_CASES = 12
"""Of a test with more cases than this, a quick run tries a third."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("adexplain")
    less = "leave out slow tests, most cases and samples, all but one browser test of each file"
    group.addoption("--quick", action="store_true", help=less)
    group.addoption("--thorough", action="store_true", help="try ten times as many samples")


def pytest_configure(config: pytest.Config) -> None:
    quick, thorough = config.getoption("--quick"), config.getoption("--thorough")
    if quick and thorough:
        raise pytest.UsageError("--quick and --thorough: one of them, please.")
    sizes.choose("quick" if quick else "thorough" if thorough else "default")
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SharedServer())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--quick"):
        return
    seen: set[object] = set()
    cases = Counter(function_of(item) for item in items)
    met: Counter[str] = Counter()
    kept, left = [], []
    for item in items:
        in_browser = item.nodeid.startswith(BROWSER_TESTS)
        first = item.path not in seen
        function = function_of(item)
        met[function] += 1
        # Another third in each test, so that every row of a table is looked at by some.
        in_its_third = (crc32(function.encode()) + met[function]) % 3 == 0
        left_out = cases[function] > MANY_CASES and not in_its_third
        if left_out or item.get_closest_marker("slow") or (in_browser and not first):
            left.append(item)
        else:
            kept.append(item)
            seen.add(item.path)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


def function_of(item: pytest.Item) -> str:
    """The test function of a parametrized test."""
    return item.nodeid.partition("[")[0]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List slow tests after a quick run."""
    if not terminalreporter.config.getoption("--quick"):
        return
    passed = terminalreporter.getreports("passed")
    slow = [report for report in passed if report.duration > QUICK_SECONDS]
    for report in slow:
        if report.when == "call" and not report.nodeid.startswith(BROWSER_TESTS):
            line = f"{report.nodeid} took {report.duration:.1f} s: is it @pytest.mark.slow?"
            terminalreporter.write_line(line)
