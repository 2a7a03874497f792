"""The pages of the lessons: complete without JavaScript, judged by the server, light in a file."""

import base64
import hashlib
import re

import pytest

from adexplain.explanation.explain import Explanation
from adexplain.lessons import load
from adexplain.lessons.fences import Trace
from adexplain.lessons.lesson import key_of, slugs
from adexplain.server.explorer.panels.predict import prediction
from adexplain.server.explorer.panels.table import table
from adexplain.server.lessons.page import lesson_page
from adexplain.server.lessons.trace import state_of

ONE = "04-steps"


def judged(client, key: str, *given: str, tries: int = 0, lesson: str = ONE) -> str:
    fields = {"question": key, "given": list(given), "tries": str(tries)}
    address, headers = f"/lessons/{lesson}/answer", {"X-Adexplain-Part": "answer"}
    answer = client.post(address, data=fields, headers=headers)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    return answer.text


def test_the_list_names_every_lesson(client):
    page = client.get("/lessons").text
    for slug in slugs():
        assert f'href="/lessons/{slug}"' in page
        assert f'href="/lessons/{slug}?view=lecture"' in page


@pytest.mark.parametrize("path", ["/lessons/11-nothing", "/lessons/../secret", "/lessons/x/file"])
def test_there_is_no_other(client, path):
    assert client.get(path).status_code == 404
    assert client.post("/lessons/11-nothing/answer", data={"question": "1"}).status_code == 404
    assert client.post(f"/lessons/{ONE}/answer", data={"question": "99"}).status_code == 404
    assert client.post(f"/lessons/{ONE}/answer", data={"question": "c٣"}).status_code == 404


def test_a_right_answer_is_told_why(client):
    told = judged(client, "1", "5")
    assert 'data-match="exact"' in told
    assert "one more is 5" in told
    assert 'data-match="exact"' in judged(client, "2", "4/5")
    assert 'data-match="exact"' in judged(client, "2", "0,8")


def test_a_wrong_answer_gets_the_hint_first_and_never_the_answer(client):
    told = judged(client, "1", "4")
    assert 'data-match="wrong"' in told
    assert "First the row above it" in told
    assert "data-reveal" not in told
    assert "one more is 5" not in told
    assert "data-reveal" in judged(client, "1", "4", tries=1)


def test_an_answer_that_cannot_be_read_says_why_and_is_escaped(client):
    assert "cannot be read" in judged(client, "1", "")
    told = judged(client, "1", "<b>5</b>")
    assert "cannot be read" in told
    assert "<b>5" not in told
    assert "at most 200" in judged(client, "1", "5" * 300)


def test_an_answer_sent_without_scripts_gets_a_page(client):
    page = client.post(f"/lessons/{ONE}/answer", data={"question": "1", "given": "5"}).text
    assert "Right." in page
    assert f'href="/lessons/{ONE}#question-1"' in page


def test_a_row_with_a_mistake_is_found(client):
    found = "10-mistakes"
    told = judged(client, "c1", "6", lesson=found)
    assert 'data-match="exact"' in told
    assert "sign" in told
    assert 'data-match="wrong"' in judged(client, "c1", "1", lesson=found)
    assert "Pick a row" in judged(client, "c1", "", lesson=found)


def test_an_exercise_is_marked_number_by_number(client):
    from adexplain.practice.exercises import make

    part = load(ONE).exercises[0]
    blanks = make(part.level, part.seed).blanks
    assert 'data-match="exact"' in judged(client, "e1", *[blank.answer_text for blank in blanks])
    assert "Look again at" in judged(client, "e1", *["99"] * len(blanks))
    assert "Still open" in judged(client, "e1")


def test_the_answers_stand_folded_in_the_page(client):
    page = client.get(f"/lessons/{ONE}").text
    assert page.count("<summary>Answer</summary>") == len(load(ONE).questions) + 1


def test_every_id_is_there_once(client):
    for slug in slugs():
        ids = re.findall(r'\sid="([^"]+)"', client.get(f"/lessons/{slug}").text)
        assert len(ids) == len(set(ids)), slug


def test_a_lecture_opens_at_a_page(client):
    slides = len(load(ONE).slides)
    for page, wanted in (("3", 3), ("0", 1), ("999", slides + 1), ("x", 1)):
        text = client.get(f"/lessons/{ONE}?view=lecture&page={page}").text
        assert re.findall(r'class="sheet current[^>]*data-page="(\d+)"', text) == [str(wanted)]


def test_the_notes_are_only_for_the_lecturer(client):
    assert "pocket calculator" in client.get(f"/lessons/{ONE}").text
    words = "let a student call out the keys"
    assert words in client.get(f"/lessons/{ONE}?view=notes").text
    for address in (f"/lessons/{ONE}", f"/lessons/{ONE}?view=lecture"):
        assert words not in client.get(address).text


@pytest.mark.parametrize("slug", slugs())
def test_a_file_needs_nothing_else(client, slug):
    answer = client.get(f"/lessons/{slug}/file")
    assert answer.headers["content-disposition"] == f'attachment; filename="{slug}.html"'
    text = answer.text
    assert not re.findall(r'(?:src|href)="/', text)
    assert "data-src" not in text
    for anchor in set(re.findall(r'href="#([^"]+)"', text)):
        assert f'id="{anchor}"' in text, anchor


def traces(slug: str) -> list[tuple[Trace, Explanation]]:
    """The traces that a lesson shows."""
    lesson = load(slug)
    parts = [part for slide in lesson.slides for part in slide.parts]
    shown = [part for part in parts if isinstance(part, Trace) and not part.hidden]
    return [(part, lesson.traces[key_of(part)]) for part in shown]


@pytest.mark.parametrize("slug", slugs())
def test_each_trace_of_a_file_steps_with_every_card(client, slug):
    text = client.get(f"/lessons/{slug}/file").text
    figures = text.split('<figure class="live')[1:]
    assert len(figures) == len(traces(slug))
    for figure, (trace, explanation) in zip(figures, traces(slug), strict=True):
        inside = figure.partition("<template>")[2].partition("</figure>")[0]
        total = explanation.stepping.total
        assert f'data-total="{total}"' in inside
        cards = re.findall(r'<article[^>]*data-for="(\d+)"', inside.partition('"cards"')[2])
        assert cards == [str(number) for number in range(1, total + 1)]
        assert ("<table" in inside) == ("table" in trace.show)
    # One style and one script do for all of them, and the policy knows each.
    assert text.count("@font-face") <= 1
    policy = re.search(r"Security-Policy\" content=\"[^\"]*script-src ([^;]*);", text)[1]
    wanted = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    ]
    assert len(wanted) == (2 if figures else 0)
    assert policy == (" ".join(f"'sha256-{digest}'" for digest in wanted) or "'none'")


@pytest.mark.parametrize("slug", slugs())
def test_the_weight_of_a_file(client, slug):
    assert len(client.get(f"/lessons/{slug}/file").content) < 650_000


@pytest.mark.parametrize("slug", slugs())
def test_what_is_to_be_predicted_is_in_no_byte_of_the_page(client, slug):
    """And so there is room for it on paper. Short numbers occur elsewhere by chance."""
    figures = client.get(f"/lessons/{slug}").text.split('<figure class="live')[1:]
    for figure, (trace, explanation) in zip(figures, traces(slug), strict=True):
        figure = figure.partition("</figure>")[0]
        assert ('"static-trace blank"' in figure) == bool(trace.predict)
        if not trace.predict:
            continue
        cover = prediction(explanation, state_of(trace)).cover(explanation)
        given, hidden = [], []
        for block in table(explanation.to_dict(), explanation.stepping).blocks:
            told = [(block.step, block.value), (block.tangent_step, block.tangent)]
            told += [(at.step, at.amount) for at in block.lines]
            told += [(at.step, at.total) for at in block.lines]
            for step, number in told:
                if number is not None:
                    (hidden if cover.hides(step) else given).append(number.full)
        for number in set(hidden) - set(given):
            assert len(number) <= 3 or number not in figure
        assert hidden
        assert len(re.findall(r'"slot">(?:<b></b>)?</span>', figure)) >= len(hidden)


def test_a_frame_shows_the_parts_asked_for(client):
    address = "/embed?f=x*sin(x)&at.x=2"
    whole, part = client.get(address).text, client.get(f"{address}&show=graph,nonsense").text
    assert "ledger" in whole
    assert 'id="answer' in whole or 'class="answer' in whole
    assert 'id="graph"' in part
    assert "<table" not in part
    assert "show=graph" in part


def test_the_page_of_a_lesson_may_frame_our_traces_and_nothing_else(client):
    policy = client.get(f"/lessons/{ONE}").headers["content-security-policy"]
    assert "frame-src 'self'" in policy


@pytest.mark.parametrize("saved", [False, True], ids=["page", "file"])
def test_a_table_of_rules_to_be_predicted_holds_no_rule(write, saved):
    fence = 'f = "7*sin(x)"\nat = { x = 123 }\npredict = "rules"\nshow = ["table", "code"]'
    page = lesson_page(write(f"## Rules\n\n```trace\n{fence}\n```\n"), saved)
    (figure,) = (part for slide in page.slides for part in slide.parts if "<figure" in part)
    still = figure.partition('<details class="in-words">')[0].partition("<template>")[0]
    assert "<table" in still
    assert "cos" not in still
    assert ("<template>" in figure) == saved
    if saved:  # nobody could judge an answer: the next step shows it, but nothing else does
        assert "Generated Python" not in figure
        assert 'id="answer"' not in figure
