"""Windows of one browser, lent to one test after the other: clean, but with a warm cache."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.visits import LAPTOP


class Windows:
    """Browser contexts, kept for the next test that wants one of the same options.

    A context holds what pages share: storage, cookies, the cache of what was fetched and compiled.
    The last makes the second page open in half the time; all else is cleared between two tests.
    Whatever belongs to a page alone (routes, media, history, its session) goes with the page.
    """

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser = browser
        self.server = server
        self.kept: dict[tuple[Any, ...], list[BrowserContext]] = defaultdict(list)
        self.lent: list[tuple[tuple[Any, ...] | None, BrowserContext]] = []

    def page(self, *, alone: bool = False, **options: Any) -> Page:
        """A new page in a context that no other page of this test is in.

        Args:
            alone: in a context that no other test gets, for a test that changes the context itself.
            options: as for a context of Playwright.
        """
        size: ViewportSize = options.pop("viewport", LAPTOP)
        if options.keys() & {"is_mobile", "has_touch", "device_scale_factor"}:
            options["viewport"] = size
        key = (
            None if alone else tuple(sorted((name, str(value)) for name, value in options.items()))
        )
        if key is not None and self.kept[key]:
            context = self.kept[key].pop()
        else:
            context = self.browser.new_context(
                **{"viewport": LAPTOP, "base_url": self.server, **options}
            )
            context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.server)
        self.lent.append((key, context))
        page = context.new_page()
        if page.viewport_size != size:
            page.set_viewport_size(size)
        return page

    def take_back(self) -> None:
        """Close the pages of a test, and clean what it leaves behind."""
        while self.lent:
            key, context = self.lent.pop()
            if key is None:
                context.close()
                continue
            for page in context.pages:
                page.close()
            context.set_storage_state({})
            self.kept[key].append(context)
