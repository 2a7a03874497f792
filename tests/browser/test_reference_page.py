"""The reference and the search, as a person uses them: by keyboard, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessible import SIZES, nothing_found
from tests.browser.test_fits import within
from tests.browser.visits import PHONE

PAGES = (
    "/reference",
    "/reference?q=zzz",
    "/reference/abs",
    "/reference/pow",
    "/reference/where",
    "/reference/language",
    "/reference/numbers",
    "/reference/keys",
    "/reference/pages",
    "/search",
    "/search?q=adjoint",
    "/search?q=tnah",
)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, path, size):
    nothing_found(open_page(path, viewport=size, looking=True))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen(open_page, path):
    within(open_page(path, looking=True), ".plot", ".narrow input")


def test_a_slash_leads_to_the_search_and_the_search_to_a_page(open_page):
    page = open_page("/")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("#find")).to_have_value("")
    page.keyboard.type("tanh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=tanh")
    expect(page.locator(".results a").first).to_have_attribute("href", "/reference/tanh")
    page.locator(".results a").first.press("Enter")
    page.wait_for_url("**/reference/tanh")
    expect(page.locator("nav[aria-label=Main] [aria-current]")).to_have_text("Reference")
    expect(page.locator(".crumbs [aria-current]")).to_have_text("tanh(a)")


def test_a_slash_is_typed_in_a_field(open_page):
    page = open_page("/")
    page.locator("#f").focus()
    page.keyboard.press("End")
    page.keyboard.type("/2")
    expect(page.locator("#f")).to_have_value(re.compile(r"/2$"))
    expect(page.locator("#find")).not_to_be_focused()


def test_on_a_phone_the_search_is_in_the_menu(open_page):
    page = open_page("/reference/sin", viewport=PHONE)
    expect(page.locator("#find")).not_to_be_visible()
    page.get_by_role("button", name="Menu").click()
    page.locator("#find").fill("kink")
    page.locator("#find").press("Enter")
    page.wait_for_url("**/search?q=kink")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_the_index_narrows_while_one_types(open_page):
    page = open_page("/reference")
    page.locator("#narrow").fill("bell curve")
    expect(page.locator("tr[data-words]:visible")).to_have_count(3)
    expect(page.locator("#narrowed")).to_have_text(re.compile("^3 of"))
    expect(page.locator(".rules:visible")).to_have_count(2)
    page.locator("#narrow").fill("arctg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/atan")


def test_without_scripts_the_index_is_asked_by_its_form(open_page):
    page = open_page("/reference", script=False)
    page.locator("#narrow").fill("bell curve")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("tr[data-words]")).to_have_count(3)
    page.locator("#find").fill("seed")
    page.locator("#find").press("Enter")
    expect(page.locator(".results a").first).to_be_visible()


def test_without_scripts_a_page_has_everything(open_page):
    page = open_page("/reference/abs", script=False)
    expect(page.locator(".chart svg[role=img]")).to_be_visible()
    expect(page.locator("figcaption")).to_contain_text("slope from the left −1, from the right 1")
    page.locator(".numbers summary").click()
    expect(page.locator(".numbers td").first).to_be_visible()
    expect(page.locator(".ledger")).to_be_visible()


def test_a_drawing_is_read_by_keys(open_page):
    page = open_page("/reference/abs")
    page.locator(".plot").focus()
    expect(page.locator(".readout")).to_have_text("a = 0: y is 0, ∂y/∂a is 0")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".readout")).to_have_text("a = 0.5: y is 0.5, ∂y/∂a is 1")
    dots = page.locator(".plot .dot").evaluate_all(
        "dots => dots.map(dot => +dot.getAttribute('cy'))"
    )
    assert dots == [128.8, 111.5]  # y above 0.5, the slope above 1


def test_from_one_operation_to_the_next_and_into_the_explorer(open_page):
    page = open_page("/reference/sin")
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/reference/cos")
    page.get_by_role("link", name="step through it").click()
    expect(page.locator("#f")).to_have_value("cos(a)")


@pytest.mark.parametrize("width", [1200, 1280, 1400, 1920])
def test_the_opening_page_leads_on_and_keeps_its_place_for_the_trace(open_page, width):
    page = open_page("/", viewport={"width": width, "height": 900})
    top = "document.querySelector('.timeline').getBoundingClientRect().top"
    with_ways = page.evaluate(top)
    expect(page.locator(".ways:visible")).to_have_count(1)
    page.evaluate("document.querySelectorAll('.ways').forEach(one => one.remove())")
    assert page.evaluate(top) >= with_ways - 1


def test_on_a_phone_the_ways_on_stand_below_the_trace(open_page):
    page = open_page("/", viewport=PHONE)
    ways = page.locator(".ways:visible")
    expect(ways).to_have_count(1)
    assert ways.bounding_box()["y"] > page.locator(".ledger").bounding_box()["y"]
