"""Practice in a browser: by keyboard, with a streak that can be taken away, on paper, for all."""

import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import Page, expect

from adexplain.practice.exercises import make
from tests.browser.test_accessible import nothing_found
from tests.browser.visits import DESK, PHONE

SIZES = {"wide": DESK, "phone": PHONE}
wide_and_narrow = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
PATH = "/practice/exercises?level={}&seed={}"


def focused(page: Page, name: str) -> None:
    """The element of this name has the focus."""
    page.wait_for_function("name => document.activeElement?.id === name", arg=name)


def type_answers(page: Page, level: str, seed: int) -> None:
    """Answer by the keyboard alone: the first open field has the focus."""
    blanks = make(level, seed).blanks
    for number, blank in enumerate(blanks, 1):
        focused(page, f"{level}-{seed}-a{number}")
        page.keyboard.type(blank.answer_text)
        page.keyboard.press("Tab" if number < len(blanks) else "Enter")


def answered(page: Page, outcome: str) -> None:
    """The server has judged what was typed."""
    expect(page.locator(".exercise")).to_have_attribute("data-outcome", outcome)


@pytest.mark.slow
def test_a_streak_by_keyboard_alone(open_page):
    page = open_page(PATH.format("sharing", 7))
    type_answers(page, "sharing", 7)
    answered(page, "right")
    expect(page).to_have_title(re.compile("^Right"))
    expect(page.locator("#progress-text")).to_have_text("1 exercise solved; 1 in a row, 1 at best.")
    expect(page.locator(".ledger")).to_be_visible()
    focused(page, "next")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("seed=8"))
    type_answers(page, "sharing", 8)
    answered(page, "right")
    expect(page.locator("#progress-text")).to_have_text(
        "2 exercises solved; 2 in a row, 2 at best."
    )
    page.reload()
    expect(page.locator("#progress-text")).to_have_text(
        "2 exercises solved; 2 in a row, 2 at best."
    )
    page.goto(PATH.format("sharing", 9) + "&solution=1")
    expect(page.locator("#progress-text")).to_have_text(
        "2 exercises solved; 0 in a row, 2 at best."
    )


def test_a_hint_first_then_the_solution(open_page):
    page = open_page(PATH.format("chain", 7))
    page.keyboard.type("123454321")
    page.keyboard.press("Enter")
    answered(page, "wrong")
    expect(page.locator(".exercise-hints")).to_be_visible()
    expect(page.locator(".ledger")).to_have_count(0)
    focused(page, "chain-7-a1")
    page.keyboard.press("Enter")
    expect(page.locator(".exercise-hints")).to_contain_text("Second hint.")
    focused(page, "chain-7-a1")
    page.keyboard.press("Enter")
    expect(page.locator(".ledger")).to_be_visible()
    expect(page.locator("#progress-text")).to_have_text(
        "0 exercises solved; 0 in a row, 0 at best."
    )


def test_progress_is_exported_imported_and_forgotten(open_page, tmp_path):
    page = open_page(PATH.format("chain", 7))
    type_answers(page, "chain", 7)
    answered(page, "right")
    expect(page.locator("#progress-text")).to_contain_text("1 exercise solved")
    with page.expect_download() as saving:
        page.locator("#progress-export").click()
    file = tmp_path / "progress.json"
    saving.value.save_as(file)
    assert json.loads(file.read_text("utf-8"))["solved"] == ["chain-7"]
    assert saving.value.suggested_filename == "adexplain-practice.json"
    page.once("dialog", lambda asked: asked.dismiss())
    page.locator("#progress-forget").click()
    expect(page.locator("#progress-text")).to_contain_text("1 exercise solved")
    page.once("dialog", lambda asked: asked.accept())
    page.locator("#progress-forget").click()
    expect(page.locator("#progress-text")).to_have_text("Forgotten. Nothing solved yet.")
    page.locator("#progress-file").set_input_files(file)
    expect(page.locator("#progress-text")).to_contain_text("Imported. 1 exercise solved")
    file.write_text("{}", "utf-8")
    page.locator("#progress-file").set_input_files(file)
    expect(page.locator("#progress-text")).to_contain_text("holds no progress")
    page.goto("/practice")
    expect(page.locator(".count[data-level=chain]")).to_have_text("1 solved")
    expect(page.locator(".count[data-level=one]")).to_be_hidden()


def test_without_scripts(open_page):
    page = open_page(PATH.format("chain", 7), script=False)
    expect(page.locator("#progress")).to_be_hidden()
    for number, blank in enumerate(make("chain", 7).blanks, 1):
        page.locator(f"#chain-7-a{number}").fill(blank.answer_text)
    page.locator(".exercise-form button").click()
    expect(page.locator(".exercise")).to_have_attribute("data-outcome", "right")
    expect(page.locator(".ledger")).to_be_visible()
    page.locator("#next").click()
    expect(page.locator("#exercise-chain-8")).to_be_visible()


def test_a_sheet_on_paper(open_page):
    page = open_page("/practice/worksheet?level=sharing&exercises=2&seed=5")
    expect(page.locator(".sheet")).to_have_count(2)
    page.emulate_media(media="print")
    for hidden in (".top", ".sheet-form >> nth=0", "h1"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".sheet").nth(1)).to_have_css("break-before", "page")
    page.set_viewport_size({"width": 695, "height": 980})  # A4 between its margins
    widths = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    blank = page.locator(".sheet.blank").first
    for block in blank.locator(".ledger tbody").all():
        is_input = "input" in block.locator(".c-op").inner_text()
        assert bool(block.locator(".c-value .slot").inner_text().strip()) == is_input


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="there is no pdftotext here")
def test_every_page_of_paper_tells_its_sheet(open_page, tmp_path):
    page = open_page("/practice/class?level=outputs&seed=5&exercises=4&sheets=2")
    page.pdf(path=tmp_path / "class.pdf", format="A4", prefer_css_page_size=True)
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "class.pdf", "-"], capture_output=True, check=True
    )
    pages = told.stdout.decode().rstrip("\f").split("\f")
    heads = [sheet.lstrip().split("\n")[0] for sheet in pages]
    assert len(heads) > 5
    assert all("Two outputs, number 5" in head for head in heads)
    assert [head.split("  ")[0] for head in heads] == sorted(
        (head.split("  ")[0] for head in heads), key=["Sheet 1", "Sheet 2", "Answers"].index
    )


def test_sheets_for_a_class(open_page):
    page = open_page("/practice/class")
    page.locator("[name=sheets]").fill("3")
    page.locator("[name=exercises]").fill("2")
    page.locator("[name=names]").fill("Ada\nBob\nCy")
    page.get_by_role("button", name="Make").click()
    expect(page.locator(".sheet")).to_have_count(4)
    expect(page.locator(".sheet-name").nth(1)).to_have_text("Bob")
    expect(page.locator(".answer-key tbody tr")).to_have_count(6)
    with page.expect_download() as saving:
        page.get_by_role("link", name="Download as LaTeX").click()
    assert saving.value.suggested_filename == "class.tex"


@wide_and_narrow
@pytest.mark.parametrize(
    "path",
    [
        "/practice",
        PATH.format("sharing", 7),
        PATH.format("sharing", 7) + "&a1=123&a2=1/0",
        PATH.format("outputs", 5) + "&solution=1",
        "/practice/exercises?level=hard&seed=1",
        "/practice/worksheet?level=mixed&exercises=2&seed=5",
        "/practice/class?level=chain&sheets=2&exercises=2",
        "/practice/class?level=hard",
    ],
)
def test_axe_finds_nothing(open_page, path, size):
    page = open_page(path, viewport=size, looking=True)
    nothing_found(page)
    width = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_practice_on_paper(open_page):
    page = open_page("/practice/check?f=x1*x2&at.x1=2&at.x2=3&work=v1+%3D+x1*x2+%3D+5")
    asked = page.locator(".printed-input")
    expect(asked).to_be_hidden()
    page.emulate_media(media="print")
    expect(asked).to_have_text("x1*x2 at x1 = 2, x2 = 3")
    expect(page.locator("#check")).to_be_hidden()
    page.goto(PATH.format("outputs", 12) + "&solution=1")
    expect(page.locator(".exercise-solution")).to_have_css("display", "block")
    page.goto(PATH.format("outputs", 12))
    focused(page, "outputs-12-a1")
    expect(page.locator("#outputs-12-a1")).to_have_css("outline-style", "none")
