"""axe finds nothing: on any page, in any state, wide and narrow, light and dark."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, expect

from tests.browser.visits import BOOK, DESK, ERROR, JACOBIAN, KINK, PHONE, TROUBLED, compared

pytestmark = pytest.mark.slow

SIZES = {"wide": DESK, "phone": PHONE}

wide_and_narrow = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())


def violations(page: Page, **options: object) -> AxeResults:
    """Axe's violations only; sending its passes takes most of the time."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"resultTypes": ["violations"], **options}
    run = "only => axe.run(only).then(({ violations }) => ({ violations }))"
    return AxeResults(page.evaluate(run, only))


def nothing_found(page: Page) -> None:
    """All rules in light colours; in dark ones that of contrast, the only one that differs."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = violations(page)
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = violations(page, runOnly=["color-contrast"])
    assert found.violations_count == 0, found.generate_report()


@wide_and_narrow
@pytest.mark.parametrize("query", [KINK, JACOBIAN, TROUBLED], ids=["kink", "jacobian", "troubled"])
def test_a_function(open_page, query, size):
    nothing_found(compared(open_page(query, viewport=size, looking=True)))


@pytest.mark.parametrize("path", [ERROR, "/api/docs", "/nowhere"])
def test_a_page_without_a_trace(open_page, path):
    nothing_found(open_page(path, looking=True))


@wide_and_narrow
def test_each_sweep(open_page, size):
    page = compared(open_page(f"{BOOK}&step=0", viewport=size))
    nothing_found(page)
    for step in (3, 9, 17):
        page.locator(f".ledger [data-step='{step}']").first.click()
        expect(page.locator("#step-card article")).to_have_attribute("data-for", str(step))
        nothing_found(page)


@wide_and_narrow
def test_what_opens(open_page, size):
    page = compared(open_page(BOOK, viewport=size))
    page.locator(".numbers summary").first.click()
    page.locator(".plot").first.focus()
    page.locator("label[for=tab-export]").click()
    nothing_found(page)
    if size is PHONE:
        page.get_by_role("button", name="Menu").click()
    page.locator("#share summary").click()
    expect(page.locator("#share-link")).to_be_visible()
    nothing_found(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys .menu-sheet")).to_be_visible()
    nothing_found(page)


def test_the_projector(open_page):
    nothing_found(compared(open_page(f"{BOOK}&view=projector", looking=True)))


@wide_and_narrow
def test_a_frame(open_page, size):
    page = open_page(f"/embed{BOOK[1:]}&step=17", viewport=size, looking=True)
    expect(page.locator(".step-card")).to_be_visible()
    nothing_found(page)


@wide_and_narrow
def test_the_file(open_page, saved, size):
    nothing_found(open_page(f"{saved.as_uri()}?step=17", offline=True, viewport=size))
