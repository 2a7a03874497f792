"""Lessons in a browser: by keyboard alone, without scripts, on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from adexplain.lessons import load
from adexplain.practice.exercises import make
from tests.browser.test_accessible import nothing_found, wide_and_narrow
from tests.browser.visits import PHONE

LESSON = "/lessons/04-steps"


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until something has the focus, as a person without a mouse does."""
    wanted = page.locator(selector).first
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not come to {selector}")


def told(page: Page, key: str, words: str) -> None:
    """What is said of an answer."""
    place = page.locator(f"[data-question='{key}'] .judged")
    expect(place).to_contain_text(words)


def alive(page: Page, number: int = 0):
    """The live trace of a lesson, once it has taken the place of its table."""
    figure = page.locator("figure.live").nth(number)
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_class(re.compile("loaded"))
    return figure.frame_locator("iframe")


@pytest.mark.slow
def test_a_whole_lesson_by_keyboard_alone(open_page):
    page = open_page(LESSON)
    tab_to(page, "#given-1")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    told(page, "1", "Not yet.")
    expect(page.locator("[data-question='1'] .answer-details")).to_be_hidden()
    page.keyboard.press("Control+A")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    told(page, "1", "Right.")

    trace = alive(page)  # predict a value in the trace that follows, still with Tab and keys
    tab_to(page, "figure.live iframe")
    expect(trace.locator("#guess")).to_be_visible()
    for _ in range(20):
        if trace.locator("#guess").evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(trace.locator("#step")).to_contain_text("Right")

    tab_to(page, "#given-5", 120)
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    told(page, "5", "Right.")
    tab_to(page, "#e1-1", 120)
    solve_exercise(page)


def solve_exercise(page: Page) -> None:
    """Answer the exercise of the lesson, from its first field on."""
    exercise = load("04-steps").exercises[0]
    for blank in make(exercise.level, exercise.seed).blanks:
        page.keyboard.type(blank.answer_text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    told(page, "e1", "Right.")


def test_a_second_wrong_answer_may_be_shown(open_page):
    page = open_page(LESSON)
    question = page.locator("[data-question='2']")
    for tried in (1, 2):
        question.locator("input[name=given]").fill("9")
        question.locator("button", has_text="Check").click()
        expect(question).to_have_attribute("data-tries", str(tried))
        told(page, "2", "Not yet.")
    question.locator("[data-reveal]").click()
    expect(question.locator(".answer-details")).to_contain_text("0.8")


def test_progress_is_kept_in_this_browser(open_page):
    page = open_page("/lessons")
    expect(page.locator("#next-lesson")).to_be_hidden()
    page.goto(LESSON)
    page.locator("#given-1").fill("5")
    page.keyboard.press("Enter")
    told(page, "1", "Right.")
    page.locator("#e1-1").focus()
    solve_exercise(page)
    page.locator("#end").scroll_into_view_if_needed()
    for _ in range(50):
        if '"read":true' in page.evaluate("localStorage.getItem('adexplain.lessons')"):
            break
        page.wait_for_timeout(100)
    page.goto("/lessons")
    so_far = page.locator("[id='04-steps'] .lesson-progress")
    expect(so_far).to_have_text("✓ read, 1 of 5 questions, 1 of 1 exercise")
    expect(page.locator("#next-lesson")).to_contain_text("1. Why")
    page.goto("/practice")
    expect(page.locator("#progress-text")).to_contain_text("1 exercise solved")
    expect(page.locator(".count[data-level=sharing]")).to_have_text("1 solved")
    beside = page.locator("#progress-lessons")
    expect(beside).to_contain_text("In the lessons: 1 read, 1 question answered.")
    page.goto("/lessons")
    page.once("dialog", lambda asked: asked.dismiss())
    page.locator("#forget").click()
    expect(page.locator("#next-lesson")).to_be_visible()
    page.once("dialog", lambda asked: asked.accept())
    page.locator("#forget").click()
    expect(page.locator("#next-lesson")).to_be_hidden()
    page.goto("/practice")
    expect(page.locator("#progress-text")).to_contain_text("1 exercise solved")
    expect(beside).to_be_hidden()


def test_the_progress_of_lessons_is_exported_with_the_rest(open_page, tmp_path):
    page = open_page(LESSON)
    page.locator("#given-1").fill("5")
    page.keyboard.press("Enter")
    told(page, "1", "Right.")
    page.goto("/practice")
    with page.expect_download() as saving:
        page.locator("#progress-export").click()
    saving.value.save_as(tmp_path / "progress.json")
    page.once("dialog", lambda asked: asked.accept())
    page.locator("#progress-forget").click()
    expect(page.locator("#progress-lessons")).to_be_hidden()
    page.locator("#progress-file").set_input_files(tmp_path / "progress.json")
    expect(page.locator("#progress-in-lessons")).to_have_text("1 question answered")


def test_a_frame_is_as_tall_as_its_trace(open_page):
    page = open_page(LESSON)
    trace = alive(page, 2)
    frame = page.locator("figure.live iframe").nth(2)
    for _ in range(50):
        inside = trace.locator("body").evaluate("body => body.getBoundingClientRect().height")
        if abs(frame.bounding_box()["height"] - inside) < 3:
            break
        page.wait_for_timeout(100)
    assert abs(frame.bounding_box()["height"] - inside) < 3
    assert trace.locator("html").evaluate("html => html.scrollHeight <= html.clientHeight + 1")


@pytest.mark.parametrize("size", [{"width": 1400, "height": 900}, PHONE], ids=["wide", "phone"])
def test_nothing_is_wider_than_the_window(open_page, size):
    page = open_page(LESSON, viewport=size)
    alive(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]


@wide_and_narrow
def test_axe_finds_nothing(open_page, size):
    for path in ("/lessons", "/lessons/glossary", LESSON, "/lessons/10-mistakes"):
        nothing_found(open_page(path, viewport=size, looking=True))
    page = open_page(LESSON, viewport=size)
    page.locator("#given-1").fill("4")
    page.keyboard.press("Enter")
    told(page, "1", "Not yet.")
    nothing_found(page)


def test_without_scripts_everything_is_there(open_page):
    page = open_page(LESSON, script=False)
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.locator(".reply").first).to_be_hidden()
    expect(page.locator(".answer-details").first).to_be_visible()
    expect(page.locator(".live .ledger").last).to_be_visible()
    page.goto(f"{LESSON}?view=lecture")
    page.locator("[data-turn=forward]").click()
    expect(page.locator(".sheet.current > h2")).to_have_text("Which key first?")


def test_a_lesson_prints_as_a_handout(open_page):
    page = open_page(LESSON)
    alive(page)
    page.emulate_media(media="print")
    expect(page.locator("figure.live iframe").first).to_be_hidden()
    expect(page.locator(".live .ledger").last).to_be_visible()
    expect(page.locator(".reply").first).to_be_hidden()
    expect(page.locator(".answer-details").first).to_be_hidden()
    expect(page.locator("#sources-title")).to_be_visible()


def test_a_frame_on_a_page_of_somebody_else(open_page, elsewhere):
    """The lines that the share menu offers: the frame fits itself, on any site."""
    page = open_page("/?f=x*sin(x)&at.x=2")
    page.locator("#share summary").click()
    frame, script = (page.locator(f"#share-{part}").inner_text() for part in ("embed", "fit"))
    head = '<!doctype html><link rel="icon" href="data:,"><title>A course</title>'
    (elsewhere[0] / "course.html").write_text(head + frame + script, "utf-8")
    other = open_page(f"{elsewhere[1]}/course.html")
    expect(other.locator("iframe")).to_have_attribute("data-fitted", "")
    inside = other.frame_locator("iframe").locator("body")
    expect(other.frame_locator("iframe").locator("html")).to_have_class(re.compile("fitted"))
    other.wait_for_timeout(500)
    tall = inside.evaluate("body => body.getBoundingClientRect().height")
    assert abs(other.locator("iframe").bounding_box()["height"] - tall) < 3
