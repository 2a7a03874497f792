"""Nothing is wider than the screen, from a small phone to a laptop, nor cut off within its box."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.visits import (
    BOOK,
    DESK,
    ERROR,
    JACOBIAN,
    KINK,
    NETWORK,
    PHONE,
    TROUBLED,
    compared,
)

WIDTHS = (320, 390, 820, 1280, 1400)
TOO_WIDE = """[...document.querySelectorAll('CELLS')]
    .filter(cell => cell.scrollWidth > cell.clientWidth + 1 && cell.textContent.trim())
    .map(cell => cell.textContent.trim())"""


def within(page: Page, *boxes: str) -> None:
    """The page and some of its boxes are no wider than the window, whatever its width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for selector in boxes:
            for part in page.locator(selector).all():
                box = part.bounding_box()
                assert box is None or box["x"] >= 0, (selector, width)
                assert box is None or box["x"] + box["width"] <= width, (selector, width)


@pytest.mark.parametrize("query", [BOOK, KINK, JACOBIAN, TROUBLED])
def test_a_function(open_page, query):
    page = compared(open_page(query, looking=True))
    within(page, ".finding", ".plot", ".meter", ".values")


@pytest.mark.parametrize("path", [ERROR, "/api/docs", f"/embed{BOOK[1:]}"])
def test_other_pages(open_page, path):
    within(open_page(path, looking=True))


def test_what_opens(open_page):
    page = open_page(BOOK)
    page.locator("label[for=tab-export]").click()
    page.locator("#share summary").click()
    within(page, "#share .menu-sheet")


def test_the_menu_of_a_phone(open_page):
    page = open_page(BOOK, viewport=PHONE)
    page.get_by_role("button", name="Menu").click()
    page.locator("#share summary").click()
    sheet = page.locator("#share .menu-sheet").bounding_box()
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= PHONE["width"]
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys .menu-sheet").is_visible()


def test_the_file(open_page, saved):
    within(open_page(f"{saved.as_uri()}?step=17", offline=True))


@pytest.mark.parametrize("query", [BOOK, JACOBIAN, NETWORK])
def test_a_projector_shows_whole_lines(open_page, query):
    size = {"width": 1280, "height": 720}
    page = open_page(f"{query}&view=projector", viewport=size, looking=True)
    compared(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate(TOO_WIDE.replace("CELLS", ".scroller, .bar-line")) == []


def test_long_formulas_are_whole_on_a_phone(open_page):
    page = open_page("/?f=atan2(y1,x1)*hypot(y1,x1)+gamma0*x1&at.x1=1.5&at.y1=2", viewport=PHONE)
    assert page.evaluate(TOO_WIDE.replace("CELLS", ".ledger td, .gradient dt")) == []


def test_a_projector_of_more_pixels_shows_the_same_larger(open_page):
    rows = []
    for size in ({"width": 1280, "height": 720}, {"width": 1920, "height": 1080}):
        page = open_page(f"{BOOK}&view=projector&step=15", viewport=size, looking=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        drawing = page.locator(".graph-view:visible svg").bounding_box()
        assert drawing["y"] + drawing["height"] <= size["height"]  # to its last node
        rows.append(page.locator("tbody.now-row").bounding_box()["height"])
    assert rows[1] > 1.4 * rows[0]


def test_a_link_to_a_step_opens_with_table_sentence_and_graph_clear_of_each_other(open_page):
    page = open_page(f"{BOOK}&step=17", viewport=DESK)
    page.wait_for_function("scrollY > 0")
    boxes = [page.locator(part).bounding_box() for part in ("#timeline", "#step", "#graph")]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 1
    assert page.locator(".trace").bounding_box()["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1
