"""Check my work in a browser: paste from a spreadsheet, submit, read, follow the link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessible import nothing_found
from tests.browser.visits import DESK, PHONE

FUNCTION = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
SHEET = (
    "row\tvalue\ttangent\nx1\t1.5\t1\nx2\t0.5\t0\nv1\t3\t2\nv2\t0.1411\t-1.98\nv3\t1.6487\t0\n"
    "v4\t1.3513\t2\nv5\t1.4924\t0.02\nv6\t2.0166\t-2.9578"
)


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_table_is_pasted_and_its_mistake_named(open_page, script):
    page = open_page("/practice/check", script=script, viewport=DESK)
    page.get_by_label("Function").fill(FUNCTION)
    page.get_by_label("Point").fill("x1 = 1.5, x2 = 0.5")
    work = page.get_by_label("Your derivation")
    if script:
        page.evaluate("text => navigator.clipboard.writeText(text)", SHEET)
        work.focus()
        page.keyboard.press("Control+V")
    else:
        work.fill(SHEET)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("#verdict")).to_contain_text("v̇6 in line 9 is wrong: wrong sign.")
    wrong = page.locator(".mark-wrong")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("second term of the product rule")
    assert "work=" in page.url  # the address holds it all
    page.reload()
    expect(wrong).to_have_count(1)
    wrong.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/\?f=.*step=12"))


def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(open_page):
    page = open_page("/practice/check?f=x&work=x'+%3D+1%0Av1'+%3D+2*(")
    expect(page.locator("#problem-work")).to_contain_text("closed")
    expect(page.locator("#problem-work mark")).to_have_text("(")
    expect(page.get_by_label("Your derivation")).to_have_value("x' = 1\nv1' = 2*(")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_and_nothing_hangs_out(open_page, size):
    page = open_page("/practice/check", viewport=size)
    for place in range(page.locator(".check-examples a").count()):
        page.locator(".check-examples a").nth(place).click()
        expect(page.locator("#found")).to_be_visible()
        nothing_found(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
