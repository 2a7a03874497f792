"""Make the pictures in the README: ``python docs/screenshot.py``.

One is the page in a browser, the other an export of the product itself.

Needs what the browser tests need: the extra ``test`` and a Chromium.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from adexplain.server.http.address import State

IMAGES = Path(__file__).parent / "images"
PICTURE = IMAGES / "explorer.png"
ANIMATION = IMAGES / "reverse-sweep.svg"
FUNCTION = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
POINT = {"x1": "1.5", "x2": "0.5"}
STEP = 17  # the second contribution into v4
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> None:
    """Start a server, photograph its page, stop it; export the reverse sweep."""
    IMAGES.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "adexplain.server:create_app"]
    server = subprocess.Popen([*command, "--port", str(port), "--log-level", "warning"])
    try:
        wait(f"http://127.0.0.1:{port}/static/icon.svg")
        photograph(f"http://127.0.0.1:{port}{State(FUNCTION, POINT, step=STEP).address()}")
    finally:
        server.terminate()
    trace = ["trace", FUNCTION, *(f"{name}={value}" for name, value in POINT.items())]
    export = [sys.executable, "-m", "adexplain", *trace, "--format", "animated-svg"]
    subprocess.run([*export, "--output", str(ANIMATION)], check=True)
    for picture in (PICTURE, ANIMATION):
        print(f"{picture}: {picture.stat().st_size / 1000:.0f} kB")


def wait(address: str) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        try:
            urlopen(address).close()
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def photograph(address: str) -> None:
    """The page as wide screens show it, with its verdict."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        # The picture ends below the bars of the verdict, to keep the file small. The window has its
        # final size from the start, because a new size would load another drawing of the graph.
        page = browser.new_page(viewport={"width": 1400, "height": 1120})
        page.goto(address)
        page.wait_for_selector("#verdict .comparison")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
