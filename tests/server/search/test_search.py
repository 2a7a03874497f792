"""The search: every primitive by each spelling, every lesson by its title, nothing unescaped."""

import re

import pytest

from adexplain import lessons
from adexplain.lessons import library
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.server.http.examples import GROUPS
from adexplain.server.reference.index import address, call_text, spellings
from adexplain.server.search.index import items
from adexplain.server.search.results import build_index, marked, search

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
SPELLED = [(p.name, word) for p in PRIMITIVES.values() for word in spellings(p)]


@pytest.fixture(scope="module")
def everything():
    return build_index(items())


def addresses(client, asked):
    page = client.get("/search", params={"q": asked})
    assert page.status_code == 200
    assert len(page.content) < 200_000
    return re.findall(r'<li class="hit"><a href="([^"]*)"', page.text)


@pytest.mark.parametrize(("name", "word"), SPELLED)
def test_every_primitive_is_found_by_each_of_its_spellings(everything, name, word):
    hits = [hit.address for hit in search(everything, word).hits]
    same = {address(p.name) for p in PRIMITIVES.values() if word in spellings(p)}
    assert address(name) in hits[: len(same)]


@pytest.mark.parametrize("primitive", PRIMITIVES.values(), ids=PRIMITIVES.keys())
def test_and_as_it_is_called(everything, primitive):
    assert search(everything, call_text(primitive)).hits[0].address == address(primitive.name)


@pytest.mark.parametrize("entry", lessons.entries(), ids=lambda entry: entry.slug)
def test_every_lesson_is_found_by_its_title(everything, entry):
    assert search(everything, entry.front.title).hits[0].address == f"/lessons/{entry.slug}"
    assert search(everything, f"lesson {entry.number}").hits[0].address == f"/lessons/{entry.slug}"


@pytest.mark.parametrize("term", library.terms().values(), ids=lambda term: term.name)
def test_every_term_is_found(everything, term):
    hits = [hit.address for hit in search(everything, term.name).hits[:2]]
    assert f"/lessons/glossary#{term.anchor}" in hits


def test_every_example_is_found(everything):
    for examples in GROUPS.values():
        for example in examples:
            hits = [hit.address for hit in search(everything, example.title).hits]
            assert example.state().address() in hits, example.title


def test_the_page(client):
    assert addresses(client, "tanh")[0] == "/reference/tanh"
    assert addresses(client, "ARCTAN")[0] == "/reference/atan"
    assert "/reference/numbers#statuses" in addresses(client, "statuses")
    assert "/reference/language#limits" in addresses(client, "limits")
    assert "/reference/keys" in addresses(client, "presenter")
    assert addresses(client, "") == []


@pytest.mark.slow
def test_what_is_found_leads_somewhere(everything, client):
    for one in everything:
        target = one.item.address.partition("#")
        page = client.get(target[0])
        assert page.status_code == 200, one.item
        if target[2]:
            assert f'id="{target[2]}"' in page.text, one.item.address


@pytest.mark.parametrize("asked", ["<script>", HOSTILE, "&amp;", "\x00", "{{ 7*7 }}", "%", "'"])
def test_nothing_typed_reaches_the_page_unescaped(client, asked):
    page = client.get("/search", params={"q": asked})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<script>" not in page.text.replace('<script type="module"', "")
    assert "<img" not in page.text
    assert "Nothing is found" in page.text or 'class="hit"' in page.text or not asked.strip("\x00")


def test_marks_are_put_around_escaped_text():
    assert marked("a < b & b", ["b"]) == "a &lt; <mark>b</mark> &amp; <mark>b</mark>"
    assert marked("sine cosine", ["sin"]) == "<mark>sin</mark>e cosine"


def test_a_question_that_finds_nothing_says_what_to_try(client):
    page = client.get("/search", params={"q": "tnah"}).text
    assert "Did you mean" in page
    assert 'href="/reference/tanh"' in page
    assert "What can be found" in client.get("/search", params={"q": "qqqqq"}).text


def test_words_that_stand_nowhere_together_are_found_apart(client):
    page = client.get("/search", params={"q": "tanh Rosenbrock"}).text
    assert "some of them" in page
    assert "/reference/tanh" in page


def test_a_function_is_offered_to_be_traced(client):
    page = client.get("/search", params={"q": "x*sin(x)"}).text
    assert 'href="/?f=x*sin(x)"' in page
    assert "This is a function" not in client.get("/search", params={"q": "gradient"}).text


def test_a_long_question_costs_no_more(client):
    page = client.get("/search", params={"q": "sin " * 1_000})
    assert page.status_code == 200
    assert "/reference/sin" in page.text
