"""Windows of one browser, lent to one test after the other: clean, but warm."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.visits import LAPTOP

STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"
"""What a page can leave behind for others; not what the browser keeps to be quick."""

OF_A_DEVICE = {"is_mobile", "has_touch", "device_scale_factor"}


class Windows:
    """Browser contexts, kept for the next test that wants one of the same options.

    A context holds what its pages share: what they stored, and the cache of what was fetched and
    compiled. The first is cleared between two tests; the second makes a page open in a third of
    the time, and so does a page that stays open all the while, for the sake of its process.
    Whatever belongs to a page alone (routes, media, history, its session) goes with the page.
    """

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser = browser
        self.server = server
        self.kept: dict[object, list[tuple[BrowserContext, Page]]] = defaultdict(list)
        self.lent: list[tuple[object, BrowserContext, Page]] = []
        self.alone: list[BrowserContext] = []

    def page(self, *, alone: bool = False, **options: Any) -> Page:
        """A new page, in a context that no other page of this test is in.

        Args:
            alone: in a context that no other test gets, for one that changes the context itself.
            options: as for a context of Playwright.
        """
        size: ViewportSize = options.pop("viewport", LAPTOP)
        if options.keys() & OF_A_DEVICE:
            options["viewport"] = size
        if alone:
            context = self._new(options)
            self.alone.append(context)
        else:
            context = self._borrow(options)
        page = context.new_page()
        if page.viewport_size != size:
            page.set_viewport_size(size)
        return page

    def take_back(self) -> None:
        """Close the pages of a test."""
        while self.alone:
            self.alone.pop().close()
        while self.lent:
            key, context, stays = self.lent.pop()
            for page in context.pages:
                if page is not stays:
                    page.close()
            self.kept[key].append((context, stays))

    def _new(self, options: dict[str, Any]) -> BrowserContext:
        usual = {"viewport": LAPTOP, "base_url": self.server}
        context = self.browser.new_context(**{**usual, **options})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.server)
        return context

    def _borrow(self, options: dict[str, Any]) -> BrowserContext:
        key = tuple(sorted((name, str(value)) for name, value in options.items()))
        if self.kept[key]:
            context, stays = self.kept[key].pop()
            self._forget(context, stays)
        else:
            context = self._new(options)
            stays = context.new_page()
            if not options.get("offline"):
                stays.goto("/static/icon.svg")
        self.lent.append((key, context, stays))
        return context

    def _forget(self, context: BrowserContext, page: Page) -> None:
        """Clear what another test left behind."""
        chromium = context.new_cdp_session(page)
        for origin in (self.server, "file://"):
            what = {"origin": origin, "storageTypes": STORED}
            chromium.send("Storage.clearDataForOrigin", what)
        chromium.detach()
