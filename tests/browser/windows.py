"""Reuses browser contexts between tests, with their storage cleared."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.visits import LAPTOP

PATIENCE = 60_000
"""Milliseconds until what is expected has to be there: a machine under load is slow, not wrong."""

STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"
"""Storage that is cleared between tests; the HTTP cache is kept for speed."""

RESTING = "/resting"
NOTHING = '<!doctype html><link rel="icon" href="data:,"><title>Nothing</title>'
"""An address of the server, for its process, and what is there without asking it."""

DEVICE_OPTIONS = {"is_mobile", "has_touch", "device_scale_factor"}
"""Options that fix the viewport when the context is made."""


class Window:
    """A context and the page in it that stays open."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.context = context
        self.server = server
        self.keep_alive = context.new_page()
        self.keep_alive.route(server + RESTING, lambda route: route.fulfill(body=NOTHING))
        self.looked = False

    def go_idle(self) -> None:
        """Send the page that stays open to an address where nothing happens."""
        self.keep_alive.goto(self.server + RESTING)

    def clean(self) -> None:
        """Close the other pages; what they stored is cleared before it is used again."""
        for page in self.context.pages:
            if page is not self.keep_alive:
                page.close()
        if self.looked:
            self.go_idle()
            self.keep_alive.evaluate("sessionStorage.clear()")
            self.keep_alive.emulate_media(
                media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
            )
        self.looked = False

    def clear_storage(self) -> None:
        """Clear what another test stored."""
        chromium = self.context.new_cdp_session(self.keep_alive)
        for origin in (self.server, "file://"):
            what = {"origin": origin, "storageTypes": STORED}
            chromium.send("Storage.clearDataForOrigin", what)
        chromium.detach()


class Windows:
    """Browser contexts, kept for the next test that wants one of the same options.

    A context is kept with its HTTP cache, and its storage is cleared. One page of it stays open,
    so that Chromium keeps its renderer process. Both make pages open in a third of the time. What
    belongs to a single page (routes, media, history, session storage) ends with that page.
    """

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser = browser
        self.server = server
        self.kept: dict[object, list[Window]] = defaultdict(list)
        self.in_use: list[tuple[object, Window]] = []
        self.alone: list[BrowserContext] = []

    def page(self, *, alone: bool = False, looking: bool = False, **options: Any) -> Page:
        """A new page, in a context that no other page of this test is in.

        Args:
            alone: use a context of its own, for tests that change the context.
            looking: no new page but the one that stays open, for a test that opens an address,
                looks at it in this or that window and light, and leaves it as it is.
            options: as for a context of Playwright.
        """
        size: ViewportSize = options.pop("viewport", LAPTOP)
        if options.keys() & DEVICE_OPTIONS:
            options["viewport"] = size
        if alone:
            context = self._new(options)
            self.alone.append(context)
            page = context.new_page()
        else:
            window = self._borrow(options, looking)
            page = window.keep_alive if looking else window.context.new_page()
        if page.viewport_size != size:
            page.set_viewport_size(size)
        return page

    def release_all(self) -> None:
        """Close the pages of a test."""
        while self.alone:
            self.alone.pop().close()
        while self.in_use:
            key, window = self.in_use.pop()
            window.clean()
            self.kept[key].append(window)

    def _new(self, options: dict[str, Any]) -> BrowserContext:
        usual = {"viewport": LAPTOP, "base_url": self.server}
        context = self.browser.new_context(**{**usual, **options})
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.server)
        return context

    def _borrow(self, options: dict[str, Any], looking: bool) -> Window:
        key = tuple(sorted((name, str(value)) for name, value in options.items()))
        for other, window in self.in_use:
            if looking and window.looked and other == key:
                return window
        if self.kept[key]:
            window = self.kept[key].pop()
            window.clear_storage()
        else:
            window = Window(self._new(options), self.server)
            if not options.get("offline"):
                window.go_idle()
        window.looked = looking
        self.in_use.append((key, window))
        return window
