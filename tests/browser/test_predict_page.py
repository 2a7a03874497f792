"""Predict, then reveal: by keyboard alone, after a reload, in a frame, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

import adexplain
from adexplain.practice.coverage import question_at
from tests.browser.test_accessible import nothing_found
from tests.browser.visits import BOOK, DESK, PHONE, at

PREDICT = BOOK + "&mode=reverse&predict="
TEXT = "v1 = x1/x2\nv2 = sin(v1)\nv3 = exp(x2)\nv4 = v1 - v3\nv5 = v2 + v4\nv6 = v5*v4"


def field(page: Page):
    return page.locator("#guess")


def verdict(page: Page, word: str):
    expect(page.locator(f"#judged [data-verdict='{word}']")).to_be_visible()


def ready(page: Page) -> Page:
    """The page, once its script listens."""
    expect(page.locator("#tracks")).to_have_attribute("role", "slider")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.slow
def test_through_the_adjoint_sweep_by_keyboard(open_page):
    book = adexplain.explain(TEXT, {"x1": 1.5, "x2": 0.5}, mode="reverse")
    page = ready(open_page(PREDICT + "contributions&step=7", viewport=DESK))
    page.keyboard.press("ArrowRight")
    for step in range(8, 18):
        expect(field(page)).to_be_focused()
        assert page.locator(f".ledger [data-step='{step}'] data").count() == 0
        page.keyboard.type(f"{question_at(book, step).value:.4g}")
        page.keyboard.press("Enter")
        verdict(page, "rounded")
        expect(page.locator("#step-card article:not(.question-card)")).to_have_attribute(
            "data-for", str(step)
        )
        assert page.locator(f".ledger [data-step='{step}'] data").count() > 0
        if step < 17:
            expect(page.locator(".go-on")).to_be_focused()
            page.keyboard.press("ArrowRight" if step % 2 else "Enter")
    at(page, r"step 11 of 11")
    assert page.locator(".covered").count() == 0
    expect(page.locator("#verdict-body .comparison").first).to_be_visible()


def test_hints_come_first_then_the_step(open_page):
    page = ready(open_page(PREDICT + "contributions&step=11", viewport=DESK))
    expect(page.locator("#step-card")).to_contain_text("after the contribution from")
    field(page).fill("1.3513")
    field(page).press("Enter")
    verdict(page, "wrong")
    expect(page.locator("#judged")).to_contain_text("That is what this contribution brings")
    expect(page.locator("#judged .hint")).to_have_count(1)
    expect(field(page)).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.locator("#judged .hint")).to_have_count(2)
    field(page).fill("cos(")
    field(page).press("Enter")
    verdict(page, "unread")
    assert "2.8437" not in page.content()
    page.get_by_role("button", name="Show the step").click()
    verdict(page, "shown")
    expect(page.locator("#step-card .step-text")).to_contain_text("is used twice")
    assert "2.8437" in page.locator(".ledger").inner_text()


def test_the_end_of_what_may_be_told(open_page):
    page = ready(open_page(PREDICT + "values&step=0", viewport=DESK))
    page.keyboard.press("End")
    at(page, "Primal sweep, step 1 of 6")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#tracks")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(field(page)).to_be_focused()
    page.keyboard.type("1.5/0.5")
    page.keyboard.press("Enter")
    verdict(page, "exact")
    page.keyboard.press("ArrowRight")
    at(page, "step 2 of 6")
    page.locator(".ledger [data-step='5']").first.click()
    at(page, "step 2 of 6")


def test_rules_as_formulas(open_page):
    page = ready(open_page(PREDICT + "rules&step=15", viewport=DESK))
    expect(page.locator("#step-card .step-text")).to_contain_text("as a formula")
    field(page).fill("cos(x1/x2)")
    field(page).press("Enter")
    verdict(page, "exact")
    expect(page.locator("#step-card .names")).to_be_visible()


def test_a_reload_and_a_way_back_keep_what_is_uncovered(open_page):
    page = ready(open_page(PREDICT + "contributions", viewport=DESK))
    for step in (8, 9):
        expect(page.locator("#step-card article")).to_have_attribute("data-for", str(step))
        page.get_by_role("button", name="Show the step").click()
        verdict(page, "shown")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("step=0"))
    page.reload()
    expect(page.locator("#timeline")).to_have_attribute("data-covered-step", "10")
    page.locator("#predict summary").click()
    page.get_by_role("link", name="cover them anew").click()
    expect(page.locator("#timeline")).to_have_attribute("data-covered-step", "8")
    expect(page.locator("#step-card article")).to_have_attribute("data-for", "8")
    page.locator("#predict summary").click()
    page.get_by_role("link", name="uncover everything").click()
    expect(page.locator("#timeline")).not_to_have_attribute("data-covered-step", re.compile("."))


def test_another_point_is_covered_anew(open_page):
    page = ready(open_page(PREDICT + "values", viewport=DESK))
    page.get_by_role("button", name="Show the step").click()
    verdict(page, "shown")
    page.locator("[id='at.x1']").fill("2.5")
    page.locator("[id='at.x1']").press("Enter")
    expect(page.locator("#timeline")).to_have_attribute("data-covered-step", "1")
    expect(field(page)).to_be_visible()


def test_in_a_frame(open_page):
    page = ready(open_page("/embed?" + PREDICT[2:] + "gradient", viewport=DESK))
    expect(page.locator("#step-card .step-text")).to_contain_text("in the end")
    field(page).fill("3.0118")
    field(page).press("Enter")
    verdict(page, "rounded")
    page.keyboard.press("Enter")
    field(page).fill("-13.7")
    field(page).press("Enter")
    verdict(page, "rounded")
    assert page.locator(".covered").count() == 0
    page.reload()
    ready(page)
    expect(page.locator("#timeline")).not_to_have_attribute("data-covered-step", re.compile("."))


def test_without_scripts(open_page):
    page = open_page(PREDICT + "contributions", script=False, viewport=DESK)
    field(page).fill("1.36")
    field(page).press("Enter")
    verdict(page, "wrong")
    field(page).fill("1.35")
    page.get_by_role("button", name="Check").click()
    verdict(page, "rounded")
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("#step-card article")).to_have_attribute("data-for", "9")
    page.get_by_role("button", name="Show the step").click()
    verdict(page, "shown")
    page.get_by_role("link", name="One step back").click()
    expect(page.locator("#timeline")).to_have_attribute("data-covered-step", "10")


def test_the_ear_hears_question_and_verdict(open_page):
    page = ready(open_page(PREDICT + "contributions&step=7", viewport=DESK))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#step-spoken")).to_have_text("What is v̄5?")
    assert page.locator("#judged").get_attribute("role") == "status"
    expect(field(page)).to_have_accessible_name(re.compile("What is"))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(open_page, size):
    page = ready(open_page(PREDICT + "contributions&step=11", viewport=size))
    page.get_by_role("button", name="Hint").click()
    verdict(page, "hint")
    nothing_found(page)
    page.get_by_role("button", name="Show the step").click()
    verdict(page, "shown")
    expect(page.locator(".go-on")).to_be_visible()
    if size is PHONE:
        page.get_by_role("button", name="Menu").click()
    page.locator("#predict summary").click()
    nothing_found(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
