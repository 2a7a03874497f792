"""Windows of one browser, lent to one test after the other: clean, but warm."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.visits import LAPTOP

PATIENCE = 60_000
"""Milliseconds until what is expected has to be there: a machine under load is slow, not wrong."""

STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"
"""What a page can leave behind for others; not what the browser keeps to be quick."""

RESTING = "/resting"
NOTHING = '<!doctype html><link rel="icon" href="data:,"><title>Nothing</title>'
"""An address of the server, for its process, and what is there without asking it."""

OF_A_DEVICE = {"is_mobile", "has_touch", "device_scale_factor"}


class Window:
    """A context and the page in it that stays open."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.context = context
        self.server = server
        self.stays = context.new_page()
        self.stays.route(server + RESTING, lambda route: route.fulfill(body=NOTHING))
        self.looked = False

    def rest(self) -> None:
        """Let the page that stays be where nothing goes on."""
        self.stays.goto(self.server + RESTING)

    def clean(self) -> None:
        """Close the other pages; what they stored is cleared when it is lent again."""
        for page in self.context.pages:
            if page is not self.stays:
                page.close()
        if self.looked:
            self.rest()
            self.stays.evaluate("sessionStorage.clear()")
            self.stays.emulate_media(
                media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
            )
        self.looked = False

    def forget(self) -> None:
        """Clear what another test stored."""
        chromium = self.context.new_cdp_session(self.stays)
        for origin in (self.server, "file://"):
            what = {"origin": origin, "storageTypes": STORED}
            chromium.send("Storage.clearDataForOrigin", what)
        chromium.detach()


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
        self.kept: dict[object, list[Window]] = defaultdict(list)
        self.lent: list[tuple[object, Window]] = []
        self.alone: list[BrowserContext] = []

    def page(self, *, alone: bool = False, looking: bool = False, **options: Any) -> Page:
        """A new page, in a context that no other page of this test is in.

        Args:
            alone: in a context that no other test gets, for one that changes the context itself.
            looking: no new page but the one that stays open, for a test that opens an address,
                looks at it in this or that window and light, and leaves it as it is.
            options: as for a context of Playwright.
        """
        size: ViewportSize = options.pop("viewport", LAPTOP)
        if options.keys() & OF_A_DEVICE:
            options["viewport"] = size
        if alone:
            context = self._new(options)
            self.alone.append(context)
            page = context.new_page()
        else:
            window = self._borrow(options, looking)
            page = window.stays if looking else window.context.new_page()
        if page.viewport_size != size:
            page.set_viewport_size(size)
        return page

    def take_back(self) -> None:
        """Close the pages of a test."""
        while self.alone:
            self.alone.pop().close()
        while self.lent:
            key, window = self.lent.pop()
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
        for lent, window in self.lent:
            if looking and window.looked and lent == key:
                return window
        if self.kept[key]:
            window = self.kept[key].pop()
            window.forget()
        else:
            window = Window(self._new(options), self.server)
            if not options.get("offline"):
                window.rest()
        window.looked = looking
        self.lent.append((key, window))
        return window
