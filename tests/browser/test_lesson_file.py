"""A lesson as one file: its traces step without a network, and it is whole without its script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessible import nothing_found, wide_and_narrow
from tests.browser.test_lessons import LESSON, alive

pytestmark = pytest.mark.slow


def test_a_saved_lesson_opens_without_a_network(open_page, tmp_path):
    page = open_page(LESSON)
    with page.expect_download() as saved:
        page.locator(".tools a", has_text="As a file").click()
    path = tmp_path / "lesson.html"
    saved.value.save_as(path)
    page = open_page(path.as_uri(), offline=True)
    expect(alive(page).locator(".ledger")).to_be_visible()
    page.locator(".answer-details summary").first.click()
    expect(page.locator(".answer-details").first).to_contain_text("5")


@pytest.fixture
def file(open_page, tmp_path) -> Path:
    """A lesson as a file, as the server sends it."""
    path = tmp_path / "lesson.html"
    path.write_bytes(open_page("/lessons").request.get(f"{LESSON}/file").body())
    return path


def test_the_traces_of_a_file_step_each_by_itself(open_page, file):
    page = open_page(file.as_uri(), offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    one, other = alive(page, 1), alive(page, 2)
    at_one, at_other = (trace.locator("#where-all") for trace in (one, other))
    expect(at_one).to_have_text("step 3 of 6 in all")  # before what is to be predicted
    one.locator("[data-go=forward]").click()
    expect(at_one).to_have_text("step 4 of 6 in all")
    expect(one.locator(".step-card")).to_have_attribute("data-for", "4")
    one.locator("[data-go=back]").click()
    one.locator("[data-go=back]").click()
    expect(at_one).to_have_text("step 2 of 6 in all")
    other.locator(".where-now").click()
    for step in range(1, 13):
        page.keyboard.press("ArrowRight")
        expect(at_other).to_have_text(f"step {step} of 12 in all")
        expect(other.locator(".step-card")).to_have_attribute("data-for", str(step))
        expect(other.locator(".ledger .now").first).to_be_visible()
    expect(other.locator(".ledger .pending")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(at_other).to_have_text("step 11 of 12 in all")
    page.keyboard.press("Home")
    expect(at_other).to_have_text("step 0 of 12 in all")
    expect(other.locator(".ledger .pending").first).to_be_visible()
    expect(at_one).to_have_text("step 2 of 6 in all")
    assert [url for url in asked if not url.startswith(("data:", "about:"))] == []


@wide_and_narrow
def test_axe_finds_nothing_in_a_file(open_page, file, elsewhere, size):
    # axe cannot look into the frames of what no site sent
    page = open_page(f"{elsewhere[1]}/{file.name}", viewport=size)
    for number in range(3):
        alive(page, number).locator("[data-go=forward]").click()
    nothing_found(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_file_is_whole_on_paper_and_without_scripts(open_page, file):
    page = open_page(file.as_uri(), offline=True)
    alive(page, 2)
    page.emulate_media(media="print")
    plain = open_page(file.as_uri(), offline=True, script=False)
    for shown in (page, plain):
        expect(shown.locator("iframe:visible")).to_have_count(0)
        for number in range(3):
            expect(shown.locator(".live .ledger").nth(number)).to_be_visible()
        expect(shown.locator(".live .static-trace").nth(2)).to_contain_text("3.0118")
        expect(shown.locator(".live .blank .ledger").first).not_to_contain_text("1.6094")
    plain.locator(".in-words summary").first.click()
    expect(plain.locator(".in-words").first).to_contain_text("1.6094")
