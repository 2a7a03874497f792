"""Sliding and typing: everything follows, nothing a reader holds is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visits import BOOK

X1 = "[id='at.x1']"
NUMBERS = """() => [...document.querySelectorAll('.ledger tbody')].map(body =>
    ['c-value', 'c-tangent', 'c-total'].map(kind =>
        [...body.querySelectorAll('.' + kind)].map(cell => cell.textContent.trim())))"""
COUNTED = """
    window.asked = []; window.under = 0; window.most = 0;
    const get = window.fetch;
    window.fetch = async (...all) => {
        const page = /^\\/\\?/.test(String(all[0]));
        if (page) { window.asked.push(String(all[0])); window.under += 1; }
        window.most = Math.max(window.most, window.under);
        try { const answer = await get(...all); await answer.clone().text(); return answer; }
        finally { if (page) window.under -= 1; }
    };
    0"""  # not the function, which would be called


def grab(page, row=0):
    """The first slider under the mouse, its middle, and how wide it is."""
    slider = page.locator("#point input[type=range]").nth(row)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    return slider, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def drag(page, row=0, steps=12):
    _, x, y, width = grab(page, row)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + width * 0.4, y, steps=steps)


def test_a_drag_changes_every_number_that_depends_on_it(open_page):
    page = open_page(BOOK)
    before = page.evaluate(NUMBERS)
    drag(page)
    value = page.locator(X1).input_value()
    assert value != "1.5"
    expect(page.locator("#heading h1")).to_contain_text(f"({value}, 0.5)")
    after = page.evaluate(NUMBERS)
    names = ["x1", "x2", "v1", "v2", "v3", "v4", "v5", "v6"]
    for name, old, new in zip(names, before, after, strict=True):
        if name == "x2":  # only its adjoint depends on x1
            assert (old[0], old[2] == new[2]) == (new[0], False)
        elif name == "v3":  # exp(x2) does not
            assert old[:2] == new[:2]
        elif name != "x1":
            assert old[0] != new[0], name
            assert old[2] != new[2] or name == "v6", name
    expect(page.locator("#answer")).to_contain_text(new[0][0])
    page.mouse.up()
    expect(page).to_have_url(re.compile(rf"at\.x1={re.escape(value)}&"))


def test_the_slider_keeps_its_range_while_it_is_dragged(open_page):
    page = open_page(BOOK)
    slider, x, y, width = grab(page)
    ends = "e => [e.min, e.max, e.step].join(' ')"
    held = slider.evaluate(ends)
    assert held == "-5 5 0.05"
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(8):
        page.mouse.move(x + width * 0.05 * k, y)
        page.wait_for_timeout(25)
        assert slider.evaluate(ends) == held
        assert re.fullmatch(r"-?\d(\.\d{1,2})?", page.locator(X1).input_value())
    page.mouse.up()


def test_one_question_at_a_time_and_the_newest_value_at_last(open_page):
    page = open_page(BOOK)
    page.evaluate(COUNTED)
    drag(page, steps=60)
    page.mouse.up()
    value = page.locator(X1).input_value()
    expect(page.locator("#heading h1")).to_contain_text(f"({value}, 0.5)")
    assert page.evaluate("window.most") == 1
    assert f"at.x1={value}&" in page.evaluate("window.asked.at(-1)")


def test_a_drag_is_one_entry_for_the_back_button(open_page):
    page = open_page(BOOK)
    entries = page.evaluate("history.length")
    drag(page)
    page.mouse.up()
    value = page.locator(X1).input_value()
    expect(page).to_have_url(re.compile(rf"at\.x1={re.escape(value)}&"))
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    expect(page.locator(X1)).to_have_value("1.5")
    expect(page.locator("#point input[type=range]").first).to_have_value("1.5")
    expect(page.locator("#heading h1")).to_contain_text("(1.5, 0.5)")
    page.go_forward()
    expect(page.locator(X1)).to_have_value(value)


def test_keys_on_a_slider_are_one_entry_too(open_page):
    page = open_page(BOOK)
    entries = page.evaluate("history.length")
    page.locator("#point input[type=range]").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator(X1)).to_have_value("1.75")
    expect(page).to_have_url(re.compile(r"at\.x1=1\.75&"))
    expect(page.locator("#point input[type=range]").first).to_be_focused()
    page.wait_for_timeout(900)
    assert page.evaluate("history.length") == entries + 1


def test_what_a_reader_holds_survives_a_drag(open_page):
    page = open_page(BOOK)
    page.click("label[for=tab-tangent]")
    page.evaluate(
        """() => {
            const cell = document.querySelector('[data-row=v6] .c-name');
            const code = document.querySelector('.tab-panel.tangent code');
            window.held = [cell, cell.querySelector('math'), code];
        }"""
    )
    drag(page)
    page.mouse.up()
    value = page.locator(X1).input_value()
    expect(page.locator("#heading h1")).to_contain_text(f"({value}, 0.5)")
    assert page.evaluate("window.held.every(element => element.isConnected)")
    expect(page.locator(".tab-panel.tangent")).to_be_visible()
    expect(page.locator("#tab-tangent")).to_be_checked()


def test_a_drag_keeps_the_step(open_page):
    page = open_page(BOOK + "&step=17")
    drag(page)
    page.mouse.up()
    value = page.locator(X1).input_value()
    expect(page.locator("#heading h1")).to_contain_text(f"({value}, 0.5)")
    expect(page.locator("#timeline")).to_have_attribute("data-step", "17")
    expect(page).to_have_url(re.compile("step=17"))
    assert page.locator(".ledger .c-total.now").count() == 1


def test_a_value_that_is_no_number_has_its_slider_where_it_lies(open_page):
    page = open_page("/?f=sin(t)&at.t=pi/3")
    slider = page.locator("#point input[type=range]")
    assert abs(float(slider.input_value()) - 1.0472) < 0.05
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert re.fullmatch(r"1\.\d{1,2}", page.locator("[id='at.t']").input_value())
    page.fill("[id='at.t']", "1e999")
    expect(slider).to_be_disabled()


def test_rapid_typing_loses_no_character(open_page):
    page = open_page("/")
    page.fill("#f", "")
    typed = "sin(a*b) + exp(a)/b - a^2"
    page.locator("#f").press_sequentially(typed, delay=15)
    expect(page.locator("#f")).to_have_value(typed)
    expect(page.locator("#f")).to_be_focused()
    expect(page.locator("#point .variable")).to_have_count(2)
    page.locator("[id='at.a']").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("0.125", delay=60)
    expect(page.locator("[id='at.a']")).to_have_value("0.125")
    expect(page.locator("[id='at.a']")).to_be_focused()
    expect(page.locator("#heading h1")).to_contain_text("(0.125, 1)")


@pytest.mark.parametrize("wrong", ["1+", "$", "1,5"])
def test_a_field_recovers_from_an_error(open_page, wrong):
    page = open_page(BOOK)
    page.fill(X1, wrong)
    expect(page.locator("#problem-point .problem-what")).to_be_visible()
    expect(page.locator(X1)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(X1)).to_be_focused()
    page.fill(X1, "3")
    expect(page.locator("#problem-point")).to_be_empty()
    expect(page.locator(X1)).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#heading h1")).to_contain_text("(3, 0.5)")
    expect(page.locator(".old-note")).to_have_count(0)
