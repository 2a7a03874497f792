"""Predict, then reveal: no byte of a covered number is in the page."""

import re
from html import unescape

import pytest

import adexplain
from adexplain.practice.coverage import KINDS, question_at
from adexplain.practice.predicting import first_covered
from adexplain.server.http.examples import GROUPS
from tests.server.explorer.test_pages import loaded

GW = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
QUERY = {"f": GW, "at.x1": "1.5", "at.x2": "0.5", "mode": "reverse"}
EXAMPLES = [example for examples in GROUPS.values() for example in examples]


@pytest.fixture(scope="module")
def scripts(client):
    """Bytes of what a page that is predicted loads."""
    page = client.get("/", params=QUERY | {"predict": "values"}).text
    late = sum(
        len(client.get(f"/static/js/{name}.js").content)
        for name in ("explorer/predict", "explorer/revealed")
    )
    return loaded(client, page) + late


def digits(number: float) -> list[str]:
    """What a number looks like, rounded as a page does and whole; nothing for one that is short."""
    whole = repr(abs(number))
    if len(whole) < 7 or "e" in whole:
        return []
    shown = (whole, f"{abs(number):.5g}", f"{abs(number):.4g}")
    return [text for text in shown if len(text) > 4]


def after(explanation, covered):
    """Every number that a step from ``covered`` on computes, and the amounts and partials there."""
    trace = explanation.trace
    for number in range(covered, explanation.stepping.total + 1):
        question = question_at(explanation, number)
        yield from [] if question.value is None else [question.value]
        if question.edge is not None:
            yield from trace.contributions[question.edge][2:4]


def before(explanation, covered):
    """Every number that may be read: the inputs and what earlier steps compute."""
    yield from (abs(explanation.trace.values[slot]) for slot in explanation.program.inputs)
    yield from (abs(value.value) for value in explanation.program.constants.values())
    for number in range(1, covered):
        question = question_at(explanation, number)
        yield from [] if question.value is None else [abs(question.value)]
        if question.edge is not None:
            amounts = explanation.trace.contributions[question.edge][2:4]
            yield from map(abs, amounts)
        elif question.sweep == "tangent":
            yield from map(abs, explanation.trace.partials[question.row])


def leaks(text, explanation, covered):
    """The covered numbers that a text holds."""
    known = {shown for number in before(explanation, covered) for shown in digits(number)}
    hidden = {shown for number in after(explanation, covered) for shown in digits(number)}
    return sorted((hidden - known) & set(re.findall(r"\d+\.\d+", unescape(text))))


@pytest.mark.parametrize("mode", ["forward", "reverse", "both"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_covered_number_is_in_the_page(client, kind, mode):
    explanation = adexplain.explain(GW, {"x1": 1.5, "x2": 0.5}, mode=mode)
    told = 0
    while covered := first_covered(explanation, kind, told):
        query = QUERY | {"mode": mode, "predict": kind, "told": str(told)}
        for path, more in (
            ("/", {"step": str(covered)}),
            ("/embed", {} if covered % 2 else {"step": "0"}),
            ("/steps", {"from": "1", "to": "48"}),
            ("/rows", {"rows": "1-20"}),
        ):
            page = client.get(path, params=query | more)
            assert page.status_code == 200
            assert leaks(page.text, explanation, covered) == []
        told = covered
    everything = client.get("/", params=QUERY | {"mode": mode, "predict": kind, "told": str(told)})
    assert "data-covered-step" not in everything.text
    assert 'class="covered"' not in everything.text


def test_the_same_page_uncovered_holds_them(client):
    explanation = adexplain.explain(GW, {"x1": 1.5, "x2": 0.5}, mode="reverse")
    assert len(leaks(client.get("/", params=QUERY).text, explanation, 8)) > 8


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
@pytest.mark.parametrize("kind", KINDS)
def test_every_example_can_be_predicted(client, scripts, kind, example):
    state = example.state()
    page = client.get(state.address(predict=kind))
    assert page.status_code == 200
    assert len(page.content) + scripts < 200_000
    if "data-covered-step" in page.text:
        covered = int(re.search(r'data-covered-step="(\d+)"', page.text)[1])
        explanation = adexplain.explain(state.text, state.at, mode=state.mode)
        if not state.seed and not state.bar:
            assert leaks(page.text, explanation, covered) == []
        assert 'id="guess"' in page.text


def test_a_page_with_exact_values_holds_none_either(client):
    query = {"f": "sin(x)*y", "at.x": "pi/3", "at.y": "7", "exact": "1", "predict": "values"}
    page = client.get("/", params=query).text
    assert "0.866" not in page
    assert "msqrt" not in page
    right = client.post("/", data=query | {"step": "1", "given": "sqrt(3)/2"}).text
    assert 'data-verdict="exact"' in right
    assert "0.866" in right


def test_rules_are_covered_in_table_and_code(client):
    page = client.get("/", params=QUERY | {"predict": "rules"}).text
    assert 'class="tab-panel' not in page
    table = re.search(r'<table role="table".*?</table>', page, re.DOTALL)[0]
    assert "cos" not in table
    whole = client.get("/", params=QUERY | {"predict": "rules", "told": "17"}).text
    assert "cos(v1)" in re.sub(r"<[^>]*>", "", whole)


def test_what_gives_it_away_waits(client):
    page = client.get("/", params=QUERY | {"predict": "contributions", "compare": "1"}).text
    assert "Run it at this point" not in page
    assert "data-covered" in page
    assert "Forward difference" not in page
    assert 'href="/api/explain' not in page
    assert 'href="/export' not in page


def test_the_telling_ends_at_the_covered_step(client):
    page = client.get("/", params=QUERY | {"predict": "contributions", "step": "3"}).text
    assert 'data-step="3"' in page
    assert 'data-covered-step="8"' in page
    # A step in the address is one that was reached: what is before it was uncovered.
    later = client.get("/", params=QUERY | {"predict": "contributions", "step": "11"}).text
    assert 'data-covered-step="11"' in later
    assert "after the contribution from" in later


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_without_scripts_a_form_asks_and_the_page_answers(client, path):
    query = QUERY | {"predict": "contributions"}
    page = client.get(path, params=query).text
    form = re.search(r'<form class="prediction".*?</form>', page, re.DOTALL)[0]
    assert f'action="{path}"' in form
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))
    fields = {name: unescape(value) for name, value in fields.items()}
    wrong = client.post(path, data=fields | {"given": "1.45"}).text
    assert "Not yet." in wrong
    assert wrong.count('class="hint"') == 1
    assert 'value="1.45"' in wrong
    assert 'name="tries" value="1"' in wrong
    again = client.post(path, data=fields | {"given": "1.45", "tries": "1"}).text
    assert again.count('class="hint"') == 2
    hint = client.post(path, data=fields | {"given": "", "hint": "1"}).text
    assert "look at" in hint
    right = client.post(path, data=fields | {"given": "1.35"}).text
    assert "Right, up to rounding" in right
    assert 'data-for="8"' in right
    on = unescape(re.search(r'class="go-on"[^>]*href="([^"]*)"', right)[1])
    following = client.get(on).text
    assert 'data-covered-step="9"' in following
    shown = client.post(path, data=fields | {"given": "", "give": "1"}).text
    assert "Here is the step." in shown
    assert "1.3513 × " not in wrong


def test_the_script_asks_for_the_judgement_alone(client):
    query = QUERY | {"predict": "rules", "step": "15"}
    said = client.post("/practice/predict", data=query | {"given": "cos(v1)"})
    assert said.status_code == 200
    assert 'data-verdict="exact"' in said.text
    assert "<html" not in said.text
    unread = client.post("/practice/predict", data=query | {"given": "cos(<b>"}).text
    assert 'data-verdict="unread"' in unread
    assert "<b>cos" not in unread
    # The script tells by a header how far the page is uncovered.
    page = client.get("/", params=QUERY | {"predict": "rules"}, headers={"X-Adexplain-Told": "14"})
    assert 'data-covered-step="15"' in page.text


@pytest.mark.parametrize(
    "more",
    [{}, {"step": "x", "given": "1"}, {"step": "1"}, {"step": "7", "given": "1"},
     {"step": "999999", "given": "1"}, {"step": "²", "given": "1"}],
)  # fmt: skip
def test_what_asks_for_nothing_is_refused(client, more):
    answer = client.post("/practice/predict", data=QUERY | {"predict": "contributions"} | more)
    assert answer.status_code == 422


def test_a_hostile_answer_is_text(client):
    hostile = "<script>alert(1)</script>"
    data = QUERY | {"predict": "values", "step": "1", "given": hostile, "tries": hostile}
    page = client.post("/", data=data).text
    assert hostile not in page
    assert 'id="guess"' in page


def test_a_file_is_never_covered(client):
    page = client.get("/export/html", params=QUERY | {"predict": "values"})
    assert page.status_code == 200
    assert "1.4924" in page.text


def test_the_menu_offers_every_kind(client):
    page = client.get("/", params=QUERY).text
    menu = re.search(r'id="predict".*?</details>', page, re.DOTALL)[0]
    assert all(f"predict={kind}" in menu for kind in KINDS)
    assert "uncover everything" not in menu
    assert "predict.css" not in page
    on = client.get("/", params=QUERY | {"predict": "values"}).text
    assert "uncover everything" in on
    assert "predict.css" in on


@pytest.mark.slow
def test_long_traces_are_covered_as_well(client):
    text = "\n".join(["a0 = x", *(f"a{k} = sin(a{k - 1})*x" for k in range(1, 400))])
    query = {"f": text, "at.x": "0.9", "predict": "contributions"}
    explanation = adexplain.explain(text, {"x": 0.9})
    page = client.post("/", data=query).text
    covered = int(re.search(r'data-covered-step="(\d+)"', page)[1])
    assert leaks(page, explanation, covered) == []
    graph = client.post("/graph", data=query).text
    assert "<svg" in graph
    assert leaks(graph, explanation, covered) == []
    lines = client.post("/rows", data=query | {"rows": "100-150"}).text
    assert leaks(lines, explanation, covered) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_is_given_in_the_drawing_too(client, kind):
    page = client.get("/", params=QUERY | {"mode": "forward", "predict": kind}).text
    for name in ("x1", "x2"):
        node = re.search(
            rf'class="node[^>]*data-row="{name}".*?<g [^>]*stage tangent.*?</g>', page, re.S
        )
        assert node, name
        assert "covered" not in node[0].partition("stage tangent")[2]


def test_the_last_answer_says_that_it_is_the_last(client):
    query = {"f": "x*y", "at.x": "2", "at.y": "3", "mode": "reverse", "predict": "gradient"}
    last = client.get("/practice/predict", params=query | {"step": "4", "given": "2"}).text
    first = client.get("/practice/predict", params=query | {"step": "3", "given": "3"}).text
    assert "That was the last one" in last
    assert 'href="/practice"' in last
    page = client.get("/", params=query | {"step": "4", "given": "2"}).text
    assert "That was the last one" in page
    assert 'class="go-on"' not in page
    assert 'class="go-on"' in client.get("/", params=query | {"step": "3", "given": "3"}).text
    assert "That was the last one" not in first
