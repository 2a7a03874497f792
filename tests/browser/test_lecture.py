"""Lessons as lectures: the keys of a presenter remote, the notes, and pages that fit."""

import re

import pytest
from playwright.sync_api import Page, expect

from adexplain.lessons.lesson import slugs
from tests.browser.test_accessible import nothing_found
from tests.browser.visits import painted

LESSON = "/lessons/04-steps"
LECTURE = f"{LESSON}?view=lecture"
PROJECTOR = {"width": 1280, "height": 720}
FITS = "sheet => sheet.scrollHeight <= sheet.clientHeight + 1"


def at_page(page: Page, number: int) -> None:
    expect(page.locator("#at-page")).to_have_text(str(number))
    expect(page.locator(f".sheet[data-page='{number}']")).to_be_visible()
    expect(page.locator(".sheet:visible")).to_have_count(1)
    assert f"page={number}" in page.url


def test_the_keys_of_a_presenter_remote(open_page):
    page = open_page(LECTURE, viewport=PROJECTOR)
    last = int(page.locator(".sheets").get_attribute("data-last"))
    at_page(page, 1)
    for key, number in (
        ("PageDown", 2),
        ("ArrowRight", 3),
        ("PageUp", 2),
        ("ArrowLeft", 1),
        ("PageUp", 1),
        ("End", last),
        ("PageDown", last),
        ("Home", 1),
        (" ", 2),
    ):
        page.keyboard.press(key)
        at_page(page, number)
    page.keyboard.press("b")
    expect(page.locator("html")).to_have_class(re.compile("dark-screen"))
    page.keyboard.press("b")
    expect(page.locator("html")).not_to_have_class(re.compile("dark-screen"))
    page.reload()
    at_page(page, 2)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(rf"{LESSON}#page-1$"))


def test_the_remote_steps_a_trace_and_goes_on_at_its_end(open_page):
    page = open_page(LECTURE, viewport=PROJECTOR)
    number = page.locator(".sheet:has(figure.live:not(.slim))").last.get_attribute("data-page")
    page.goto(f"{LECTURE}&page={number}")
    trace = page.frame_locator(f".sheet[data-page='{number}'] iframe")
    expect(trace.locator("#timeline")).to_be_visible()
    page.keyboard.press("Enter")
    total = int(trace.locator("#timeline").get_attribute("data-total"))
    page.keyboard.press("Home")
    for _ in range(total):
        page.keyboard.press("PageDown")
    expect(trace.locator("#where-all")).to_contain_text(f"step {total} of {total}")
    at_page(page, int(number))
    page.keyboard.press("PageDown")
    at_page(page, int(number) + 1)


def test_notes_in_a_second_window_keep_step(open_page):
    page = open_page(LECTURE, viewport=PROJECTOR)
    page.keyboard.press("PageDown")
    with page.context.expect_page() as opened:
        page.locator(".pager a", has_text="Notes").click()
    notes = opened.value
    at_page(notes, 2)
    expect(notes.locator(".sheet.current")).to_contain_text("real calculator")
    page.keyboard.press("PageDown")
    at_page(notes, 3)
    notes.keyboard.press("PageDown")
    at_page(page, 4)


@pytest.mark.parametrize("slug", slugs())
def test_every_page_of_a_lecture_fits_the_projector(open_page, slug):
    page = open_page(f"/lessons/{slug}?view=lecture", viewport=PROJECTOR, looking=True)
    last = int(page.locator(".sheets").get_attribute("data-last"))
    for number in range(1, last + 1):
        painted(page)
        sheet = page.locator(".sheet.current")
        fits, size = sheet.evaluate(
            "s => [s.scrollHeight <= s.clientHeight + 1, parseFloat(getComputedStyle(s).fontSize)]"
        )
        assert fits, f"page {number} is too long"
        assert size >= 19, f"page {number} is set in {size}px"
        page.keyboard.press("PageDown")


def test_a_page_fits_again_with_a_hint_and_an_answer(open_page):
    page = open_page(LECTURE, viewport=PROJECTOR)
    number = page.locator(".sheet:has(.question)").first.get_attribute("data-page")
    page.goto(f"{LECTURE}&page={number}")
    sheet = page.locator(".sheet.current")
    before = sheet.evaluate("sheet => parseFloat(getComputedStyle(sheet).fontSize)")
    # Long enough to need the room.
    sheet.locator(".answer-details").evaluate("answer => answer.append('And so on. '.repeat(60))")
    for fold in sheet.locator("details").all():
        fold.locator("summary").click()
    assert sheet.evaluate(FITS)
    assert sheet.evaluate("sheet => parseFloat(getComputedStyle(sheet).fontSize)") < before


def test_a_prediction_keeps_its_row_in_sight_and_shows_only_its_parts(open_page):
    page = open_page("/lessons/06-reverse?view=lecture", viewport=PROJECTOR)
    covered = page.locator("figure.live[data-frame*='predict=contributions']").first
    number = covered.locator("xpath=ancestor::*[@data-page][1]").get_attribute("data-page")
    page.goto(f"/lessons/06-reverse?view=lecture&page={number}")
    trace = page.frame_locator(".sheet.current iframe")
    for _ in range(3):
        row = trace.locator("tbody.now-row")
        expect(row).to_be_in_viewport(ratio=0.9)
        now = row.get_attribute("data-row")
        trace.get_by_role("button", name="Show the step").click()
        trace.get_by_role("button", name="Go on").click()
        expect(trace.get_by_role("button", name="Show the step")).to_be_visible()
        assert now
    expect(trace.locator("#graph")).to_have_count(0)


def test_a_larger_screen_shows_a_larger_page(open_page):
    heights = []
    for size in (PROJECTOR, {"width": 1920, "height": 1080}):
        page = open_page(f"{LECTURE}&page=2", viewport=size)
        assert page.locator(".sheet.current").evaluate(FITS)
        heights.append(page.locator(".sheet.current > h2").bounding_box()["height"])
    assert heights[1] > 1.4 * heights[0]


def test_the_next_lesson_is_a_lecture_too(open_page):
    page = open_page(f"{LECTURE}&page=99", viewport=PROJECTOR)
    page.locator(".sheet.current a[href*='/lessons/05']").click()
    expect(page).to_have_url(re.compile(r"/lessons/05-forward\?view=lecture"))


def test_axe_finds_nothing_in_a_lecture(open_page):
    for address in (LECTURE, f"{LECTURE}&page=3", f"{LECTURE}&page=4", f"{LESSON}?view=notes"):
        nothing_found(open_page(address, viewport=PROJECTOR, looking=True))
