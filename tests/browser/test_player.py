"""Stepping in a real browser: keys, scrubber, click, touch; every step the same after a reload."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visits import BOOK, PHONE, at

# Everything that says how far the trace is told, in the order of the document.
LOOK = """() => {
    const told = /^(pending|now|next|past|now-row|source|done|ahead)$/;
    const all = document.querySelectorAll('[data-step]:not(#timeline), tbody[data-row], .part');
    return [...all].map(({ tagName, dataset, classList }) => [
        tagName, dataset.step ?? dataset.row ?? dataset.last,
        ...[...classList].filter(name => told.test(name)).sort()].join(' '));
}"""


def pending(page):
    return page.locator(".ledger .pending").count()


def test_keys_step_through_all_three_sweeps_and_back(open_page):
    page = open_page(BOOK)
    at(page, "The whole trace")
    assert pending(page) == 0
    page.keyboard.press("ArrowRight")
    at(page, "Primal sweep, step 1 of 6")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    at(page, "Tangent sweep, step 1 of 6")
    page.keyboard.press("End")
    at(page, "Adjoint sweep, step 11 of 11")
    assert pending(page) == 0
    page.keyboard.press("ArrowLeft")
    at(page, "Adjoint sweep, step 10 of 11")
    page.keyboard.press("Home")
    at(page, "Before the first step")
    expect(page.locator(".ledger td.c-value:not([data-step])").first).to_be_visible()
    page.keyboard.press("Escape")
    at(page, "The whole trace")


def test_the_drawn_step(open_page):
    page = open_page(BOOK + "&step=17")
    at(page, "Adjoint sweep, step 5 of 11")
    expect(page.locator("tbody.now-row")).to_have_attribute("data-row", "v4")
    expect(page.locator("tbody.source")).to_have_attribute("data-row", "v5")
    expect(page.locator(".c-amount.now")).to_have_text("+\u202f1.3513")
    expect(page.locator(".c-total.now")).to_have_text("2.8437")
    expect(page.locator("tbody[data-row=v1] .c-numbers.next")).to_have_count(1)
    expect(page.locator(".tab-panel.adjoint .line.now")).to_contain_text("v4_bar += v5_bar")
    expect(page.locator("#step-card .step-text")).to_contain_text("collects two contributions")
    expect(page.locator("#step-card mark")).to_contain_text("1.3513")
    # A number that is not there yet is no number to a reader of screens either.
    assert "1.5059" not in page.locator(".ledger").inner_text()


@pytest.mark.parametrize("mode", ["forward", "reverse", "both"])
def test_every_step_looks_the_same_after_a_reload(open_page, mode):
    page = open_page(f"{BOOK}&mode={mode}&step=0")
    total = int(page.locator("#timeline").get_attribute("data-total"))
    for step in range(1, total + 1):
        page.keyboard.press("ArrowRight")
        stepped = page.evaluate(LOOK)
        if step % 4 == 1 or step == total:
            expect(page).to_have_url(re.compile(f"step={step}$"))
            page.reload()
            assert page.evaluate(LOOK) == stepped


def test_without_scripts_the_buttons_are_links(open_page):
    page = open_page(BOOK + "&step=16", script=False)
    page.get_by_label("One step forward").click()
    expect(page.locator(".c-total.now")).to_have_text("2.8437")
    page.get_by_text("Show all").click()
    expect(page.locator(".ledger .pending")).to_have_count(0)


def test_the_scrubber(open_page):
    page = open_page(BOOK)
    parts = page.locator(".part")
    first, last = parts.first.bounding_box(), parts.last.bounding_box()
    middle = first["y"] + first["height"] / 2
    page.mouse.move(first["x"] + 2, middle)
    page.mouse.down()
    at(page, "Primal sweep, step 1 of 6")
    page.mouse.move(last["x"] + last["width"] / 2, middle, steps=12)
    at(page, "Adjoint sweep, step 11 of 11")
    page.mouse.move(parts.nth(16).bounding_box()["x"] + 3, middle, steps=5)
    at(page, "Adjoint sweep, step 5 of 11")
    page.mouse.up()
    expect(page.locator("#tracks")).to_have_attribute("aria-valuenow", "17")
    expect(page.locator("#tracks")).to_be_focused()
    page.keyboard.press("ArrowRight")
    at(page, "Adjoint sweep, step 6 of 11")


def test_a_click_on_a_number_goes_to_its_step(open_page):
    page = open_page(BOOK)
    page.locator("tbody[data-row=v4] .c-total.last").click()
    at(page, "Adjoint sweep, step 5 of 11")
    page.locator("tbody[data-row=v2] .c-tangent").click()
    at(page, "Tangent sweep, step 2 of 6")
    # The code has followed to the tangents.
    page.locator(".tab-panel.tangent .line", has_text="v3 = exp").click()
    at(page, "Primal sweep, step 3 of 6")


def test_play_and_pause(open_page):
    page = open_page(BOOK)
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "true")
    at(page, "step 2 of 6")
    page.click("#play")
    expect(page.locator("#play")).to_have_attribute("aria-pressed", "false")


def test_no_key_is_taken_from_a_field(open_page):
    page = open_page(BOOK + "&step=5")
    page.focus("#f")
    for key in ("ArrowRight", "ArrowLeft", "Home", "End", "Space", "?"):
        page.keyboard.press(key)
    at(page, "Primal sweep, step 5 of 6")
    assert "?" in page.locator("#f").input_value()
    assert page.locator("#keys").get_attribute("open") is None


def test_the_list_of_keys(open_page):
    page = open_page(BOOK)
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys .menu-sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys .menu-sheet")).to_be_hidden()
    at(page, "The whole trace")


def test_back_returns_to_the_step(open_page):
    page = open_page(BOOK)
    page.locator("tbody[data-row=v4] .c-total.last").click()
    page.click("#examples summary")
    page.click("text=Rosenbrock")
    at(page, "The whole trace")
    page.go_back()
    at(page, "Adjoint sweep, step 5 of 11")
    expect(page.locator(".c-total.now")).to_have_text("2.8437")


def test_another_value_and_another_mode_keep_the_place(open_page):
    page = open_page(BOOK + "&step=17")
    page.fill("[id='at.x1']", "2")
    expect(page.locator("tbody[data-row=v1] .c-value")).to_have_text("4.0000")
    at(page, "Adjoint sweep, step 5 of 11")
    expect(page.locator("#step-card mark")).to_contain_text("2.3513")
    page.click("label[for=mode-reverse]")
    at(page, "Adjoint sweep, step 5 of 11")
    expect(page.locator("#where-all")).to_contain_text("step 11 of 17")


def test_another_function_shows_its_whole_trace(open_page):
    page = open_page(BOOK + "&step=17")
    page.fill("#f", "p*q")
    expect(page.locator(".ledger tbody")).to_have_count(3)
    at(page, "The whole trace")
    assert pending(page) == 0


def test_rows_light_up_together(open_page):
    page = open_page(BOOK)
    page.hover("tbody[data-row=v4] .c-op")
    for place in (".ledger tbody", ".tab-panel.adjoint .line", "#typed span", ".graph .node"):
        # The graph may arrive after the pointer.
        expect(page.locator(f"{place}.lit[data-row=v4]").first).to_be_attached()
    page.hover("#verdict-title")
    expect(page.locator(".lit")).to_have_count(0)


def test_the_typed_text_lights_the_row(open_page):
    page = open_page("/?f=sin(u)*cos(u)&at.u=1")
    box = page.locator("#typed span[data-row=v2]").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("tbody.lit")).to_have_attribute("data-row", "v2")


def test_each_step_is_spoken(open_page):
    page = open_page(BOOK + "&step=16")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#step-spoken")).to_contain_text("second")


def test_touch_on_a_phone(open_page):
    page = open_page(BOOK, viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_label("One step forward").tap()
    at(page, "Primal sweep, step 1 of 6")
    box = page.locator(".part").nth(16).bounding_box()
    page.touchscreen.tap(box["x"] + 3, box["y"] + 4)
    at(page, "Adjoint sweep, step 5 of 11")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_link_to_a_step_leads_to_its_sentence(open_page):
    rows = "%0A".join(["v0+%3D+x", *(f"v{i}+%3D+sin(v{i - 1})" for i in range(1, 30))])
    page = open_page(f"/?f={rows}&at.x=1&step=12", viewport=PHONE)
    expect(page.locator("#step-card .step-text")).to_be_in_viewport()


def test_reduced_motion_and_high_contrast_show_the_same(open_page):
    page = open_page(BOOK + "&step=17", reduced_motion="reduce", forced_colors="active")
    expect(page.locator(".c-total.now")).to_have_text("2.8437")
    expect(page.locator(".part.now")).to_be_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.ledger td')).transitionDuration")
        == "0s"
    )
