"""A server on a free port of this machine, and a browser to look at it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from tests import sharing
from tests.browser.windows import PATIENCE, Windows

# The background services of Chromium look for hosts these tests have no use for.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[str]:
    with sharing.server(pytestconfig) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        reason = "There is no Chromium here: install the package chromium to run these tests."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def bad(said: ConsoleMessage, opened: Collection[str]) -> bool:
    """Whether the browser complains; that a page it was sent to is an error page is no fault."""
    wanted = any(f"status of {status}" in said.text for status in (404, 422))
    at = said.location.get("url")
    sent = at in opened or (bool(said.page) and at == said.page.url)
    return said.type in ("error", "warning") and not (wanted and sent)


@pytest.fixture(scope="session")
def windows(browser: Browser, server: str) -> Windows:
    return Windows(browser, server)


@pytest.fixture
def open_page(windows: Windows, server: str) -> Iterator[Callable[..., Page]]:
    """Open an address of the server; complaints of the browser fail the test."""
    complaints: list[str] = []
    heard: list[Page] = []
    opened: set[str] = set()

    def said(message: ConsoleMessage) -> None:
        if bad(message, opened):
            complaints.append(message.text)

    def raised(error: Error) -> None:
        complaints.append(str(error))

    def open_page(path: str = "/", *, script: bool = True, **options: object) -> Page:
        page = windows.page(java_script_enabled=script, **options)
        if page not in heard:  # else one that is looked at goes on to another address
            page.on("console", said)
            page.on("pageerror", raised)
            heard.append(page)
        opened.add(urljoin(server, path))
        page.goto(path)
        return page

    yield open_page
    for page in heard:
        page.remove_listener("console", said)
        page.remove_listener("pageerror", raised)
    windows.release_all()
    assert complaints == []


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The HTML file, as the command line makes it."""
    path = tmp_path_factory.mktemp("file") / "trace.html"
    words = ["(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", "x1=1.5", "x2=0.5"]
    command = [sys.executable, "-m", "adexplain", "trace", *words, "--format", "html"]
    subprocess.run([*command, "--output", path], check=True)
    return path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder served by another site, and its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{site.server_address[1]}"
        site.shutdown()
