"""The practice pages: what is asked, what is said of an answer, and what is kept back."""

import dataclasses
import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from adexplain.practice.exercises import LEVELS, make
from adexplain.server.http.address import State
from adexplain.server.http.templating import render
from adexplain.server.practice import exercise as exercise_page
from adexplain.server.practice.exercise import exercise_view
from adexplain.server.practice.routes import LEVEL_LIST

PATH = "/practice/exercises"


def ask(client, level, seed, **given):
    return client.get(PATH, params={"level": level, "seed": seed, **given})


def answers(exercise):
    return {f"a{k}": blank.answer_text for k, blank in enumerate(exercise.blanks, 1)}


def wrong(exercise):
    return {f"a{k}": "123454321" for k in range(1, len(exercise.blanks) + 1)}


def test_the_ways_to_practise(client):
    text = client.get("/practice").text
    for path in ("check", "worksheet", "class"):
        assert f'href="/practice/{path}"' in text
    assert "predict=values" in text
    assert [level in text for level in LEVELS] == [True] * len(LEVELS)
    assert 'aria-current="page">Practice' in text


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_right_answers_are_right(client, level, seed):
    exercise = make(level, seed)
    page = ask(client, level, seed, **answers(exercise)).text
    assert 'data-outcome="right"' in page
    assert page.count("<b>Right.</b>") == len(exercise.blanks)
    assert 'class="ledger' in page
    assert "Next exercise" in page


def test_a_rounded_answer_is_right_up_to_rounding(client):
    page = ask(client, "outputs", 5, a1="2.67", a2="35/36").text
    assert "Right up to rounding." in page
    assert re.search(r"Exactly: <math.*<mn>8</mn>", page)
    assert 'data-outcome="right"' in page


@pytest.mark.parametrize("level", LEVELS)
def test_a_hint_first_then_the_solution(client, level):
    exercise = make(level, 4)
    first = ask(client, level, 4, **wrong(exercise)).text
    assert "Not yet." in first
    assert "<b>Hint.</b>" in first
    assert 'class="ledger' not in first
    assert 'name="tries" value="1"' in first
    second = ask(client, level, 4, tries="1", **wrong(exercise)).text
    assert "<b>Second hint.</b>" in second
    assert 'class="ledger' not in second
    third = ask(client, level, 4, tries="2", **wrong(exercise)).text
    assert "hint.</b>" not in third
    assert 'class="ledger' in third
    assert "Step through it in the explorer" in third


def test_a_slip_is_named_beside_its_field(client):
    page = ask(client, "product", 13, a1="-36", a2="12").text
    assert "lacks the contribution from" in page
    hidden = ask(client, "product", 13, a1="-36", a2="12", answers="hidden").text
    assert "lacks" not in hidden


@pytest.mark.parametrize("given", ["1/", "abc", "v1*2"])
def test_what_cannot_be_read_is_no_try(client, given):
    page = ask(client, "sharing", 12, a1=given, tries="2").text
    assert 'data-outcome="open"' in page
    assert 'name="tries" value="2"' in page
    assert 'class="ledger' not in page
    assert "hint.</b>" not in page


def test_one_digit_is_no_mistake(client):
    page = ask(client, "sharing", 12, a1="0.3", tries="2").text
    assert "Right to one digit: write at least two" in page
    assert 'data-outcome="open"' in page
    assert 'class="ledger' not in page


def test_a_field_that_is_empty_yet_is_no_mistake(client):
    page = ask(client, "outputs", 12, a1="1", a3="1.5", tries="2").text
    assert "Nothing is wrong so far; 2 numbers are still to be found." in page
    assert 'name="tries" value="2"' in page
    assert 'class="ledger' not in page
    assert "<title>Not yet" not in page


@pytest.mark.parametrize("given", ["u̅ = -3", "u' = 3*-1 = -3", "≈ -3.0", "= -3"])
def test_an_equation_is_read_by_its_result(client, given):
    assert 'data-outcome="right"' in ask(client, "chain", 12, a1=given).text


def test_a_jacobian_is_solved_by_a_sweep_for_each_output(client):
    page = ask(client, "outputs", 12, solution="1").text
    assert page.count('class="ledger') == 2
    assert page.count("The derivatives of ") == 2
    links = re.findall(r'href="(/\?f=[^"]+)"', page)
    assert [("bar=1%2C+0" in link, "bar=0%2C+1" in link) for link in links] == [
        (True, False),
        (False, True),
    ]


def test_the_branches_beside_a_kink_are_told_with_its_solution(client):
    page = ask(client, "kinks", 13, solution="1").text
    assert "To the left of the kink" in page
    assert "To the right of the kink" in page


def test_the_solution_can_be_asked_for(client):
    page = ask(client, "chain", 7, solution="1").text
    assert 'data-outcome="shown"' in page
    assert 'class="ledger' in page
    (link,) = re.findall(r'href="(/\?f=[^"]+)"', page)
    assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_what_is_no_number_is_said_to_be_none(client):
    page = ask(client, "chain", 7, a1='"><script>alert(1)</script>').text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert 'aria-invalid="true"' in page
    assert 'name="tries"' not in page


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("given", [False, True], ids=["asked", "answered wrong"])
def test_hidden_answers_are_in_no_byte_of_the_page(level, given):
    """The page of another exercise that differs in its answers alone is the same to the byte."""
    exercise = make(level, 11)
    blanks = [
        dataclasses.replace(blank, answer_text="987654", answer_latex="987654", value=987654.0)
        for blank in exercise.blanks
    ]
    other = dataclasses.replace(exercise, blanks=tuple(blanks))
    typed = wrong(exercise) if given else {}
    pages = [
        render(
            "practice/exercise.html",
            exercise=exercise_view(each, typed, hidden=True, solve=True, tries=5),
            levels=LEVEL_LIST,
            following=12,
            state=State(""),
        ).body
        for each in (exercise, other)
    ]
    assert pages[0] == pages[1]
    assert b"ledger" not in pages[0]
    assert b"Hint" not in pages[0]
    assert b"Show the solution" not in pages[0]


@pytest.mark.parametrize("level", LEVELS)
def test_hidden_answers_are_judged(client, level):
    exercise = make(level, 11)
    hidden = {"answers": "hidden", "solution": "1", "tries": "9"}
    page = ask(client, level, 11, **hidden, **answers(exercise)).text
    assert 'data-outcome="right"' in page
    assert 'class="ledger' not in page
    page = ask(client, level, 11, **hidden, **wrong(exercise)).text
    assert "Not yet." in page
    assert 'class="ledger' not in page
    assert 'name="answers" value="hidden"' in page
    assert "answers=hidden" in re.search(r'id="next" href="([^"]+)"', page)[1]


def test_no_seed_draws_one(client):
    page = client.get(f"{PATH}?level=sharing", follow_redirects=False)
    assert page.status_code == 303
    assert re.fullmatch(
        r"/practice/exercises\?level=sharing&seed=\d{1,4}", page.headers["location"]
    )


@pytest.mark.parametrize("query", ["level=hard&seed=1", "level=one&seed=-1", "level=one&seed=1e9"])
def test_what_is_no_exercise(client, query):
    page = client.get(f"{PATH}?{query}")
    assert page.status_code == 422
    assert "There is no such exercise" in page.text


def test_the_partial_serves_a_lesson():
    """A lesson gives it a fence: anything with a level and a seed."""
    fence = SimpleNamespace(level="sharing", seed=7)
    html = bytes(render("practice/_exercise.html", exercise=fence).body).decode()
    assert 'action="/practice/exercises"' in html
    assert 'id="exercise-sharing-7"' in html
    assert 'name="a1"' in html
    assert exercise_view(exercise_view(fence)) == exercise_view(fence)


def test_the_next_seed_after_the_last_is_the_first(client):
    page = ask(client, "one", 999_999_999).text
    assert "seed=1&" in page or "seed=1&amp;" in page or 'seed=1"' in page


def test_a_blank_sheet_is_blank(client):
    query = urlencode({"f": "x*y + sin(x)", "at": "x=2,y=3", "part": "blank"})
    page = client.get(f"/practice/worksheet?{query}").text
    assert page.count('class="ledger') == 1
    for number in ("6.0000", "0.90930", "6.9093", "2.5839"):
        assert number not in page
    assert page.count("<math") > 5  # names and operations stand
    assert "sin" in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.S)
    hidden = client.get(f"/practice/worksheet?{query}&operations=hidden").text
    table = hidden[hidden.index('class="ledger') :]
    assert "sin" not in table
    rows = [block.count('<tr role="row"') for block in table.split("<tbody")[1:]]
    assert len(set(rows)) == 1, "each row has the same room"


def test_both_parts_of_a_sheet(client):
    query = urlencode({"f": "x*y", "at": "x=2,y=3", "exact": "1"})
    page = client.get(f"/practice/worksheet?{query}").text
    assert page.count('class="sheet') >= 2
    assert page.count('class="ledger') == 2
    assert "Solution" in page
    assert client.get("/practice/worksheet").status_code == 200
    solved = client.get(f"/practice/worksheet?{query}&part=solved").text
    assert solved.count('class="ledger') == 1


def test_the_explorer_leads_to_a_worksheet(client):
    page = client.get("/?f=x*y&at.x=2&at.y=3&mode=reverse&step=3").text
    (link,) = re.findall(r'href="(/practice/worksheet\?[^"]+)"', page[page.index('id="export"') :])
    sheet = client.get(link.replace("&amp;", "&")).text
    assert sheet.count('class="ledger with-adjoint"') == 2
    assert 'value="x=2, y=3"' in sheet


def test_a_sheet_of_a_level(client):
    query = "level=mixed&seed=4&exercises=6"
    page = client.get(f"/practice/worksheet?{query}").text
    assert page.count('class="ledger') == 12
    assert page == client.get(f"/practice/worksheet?{query}").text
    assert page != client.get("/practice/worksheet?level=mixed&seed=5&exercises=6").text


def test_a_class_has_thirty_different_sheets_and_one_key(client):
    page = client.get("/practice/class?level=mixed&seed=4&exercises=2").text
    sheets = re.split(r'<section class="sheet', page)[1:]
    assert len(sheets) == 31
    tasks = [re.sub(r"Sheet \d+|blank-\d+-", "", sheet) for sheet in sheets[:30]]
    assert len(set(tasks)) == 30
    key = sheets[-1]
    assert key.count("<tr") == 61
    assert page.count("All levels in turn, number 4</p>") == 31
    assert page.count('class="answer-key"') == 1
    assert "answer-key" not in client.get("/practice/class?level=one&seed=4&part=blank").text
    alone = client.get("/practice/class?level=one&seed=4&part=solved").text
    assert "answer-key" in alone
    assert 'class="ledger' not in alone


def test_a_class_by_name(client):
    given = {"level": "chain", "seed": "1", "names": "Ada\r\n<b>Bob</b>\r\n\r\n Cy  D"}
    page = client.post("/practice/class", data=given).text
    assert page.count('<section class="sheet') == 4
    assert "&lt;b&gt;Bob&lt;/b&gt;" in page
    assert "<b>Bob" not in page
    tex = client.post("/practice/class.tex", data={**given, "names": "A & B_1\nC"})
    assert r"A \& B\_1" in tex.text
    assert tex.headers["content-disposition"] == 'attachment; filename="class.tex"'


@pytest.mark.parametrize(
    "path",
    [
        "worksheet?level=hard",
        "worksheet?level=one&exercises=99",
        "worksheet?level=one&exercises=x",
        "worksheet?level=one&part=half",
        "worksheet?f=x*&at=x=1",
        "worksheet?f=x&at=x=1&part=half",
        "class?level=one&sheets=1000",
        "class?level=one&seed=abc",
        "class?level=one&sheets=0",
    ],
)
def test_what_cannot_be_made_is_said_beside_the_form(client, path):
    page = client.get(f"/practice/{path}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert "<form" in page.text


def test_a_solved_sheet_with_long_formulas_lies_across_the_paper(client):
    wide = client.get("/practice/worksheet?f=abs(x-1)%2Bmax(x,y)&at=x=1,y=1").text
    assert re.findall(r'<section class="(sheet[^"]*)"', wide) == ["sheet blank", "sheet across"]
    narrow = client.get("/practice/worksheet?f=x*y&at=x=1,y=1").text
    assert re.findall(r'<section class="(sheet[^"]*)"', narrow) == ["sheet blank", "sheet"]


def test_files_that_do_not_exist(client):
    assert client.get("/practice/worksheet.tex").status_code == 404
    assert client.get("/practice/nothing").status_code == 404
    assert client.get("/practice/worksheet.tex?level=hard").status_code == 422


def test_a_field_is_named_for_ears():
    for level in LEVELS:
        for seed in range(5):
            for field in exercise_view(make(level, seed)).fields:
                assert re.match(r"(value|tangent|adjoint|derivative) (of|from) ", field.spoken)
    assert exercise_page.TRIES == 3
