"""The reference: a page for each row of the table, made from the table alone."""

import re
from html import unescape
from itertools import pairwise

import pytest

import adexplain
from adexplain.primitives.primitive import PRIMITIVES, by_spelling
from adexplain.server.html import document
from adexplain.server.http.keys import SHORTCUTS
from adexplain.server.http.navigation import PAGES, SECTIONS
from adexplain.server.reference import index, uses
from adexplain.server.reference.page import entry, example_text
from tests import sizes
from tests.server.explorer.test_pages import loaded

LIMIT = 200_000
NAMES = list(PRIMITIVES)
WITHOUT_AXIS = {"and", "or", "not", "where"}  # their arguments are true or false


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.mark.parametrize("name", NAMES)
def test_every_primitive_has_a_page(client, name):
    primitive = PRIMITIVES[name]
    page = client.get(f"/reference/{name}")
    assert page.status_code == 200
    assert len(page.content) < LIMIT
    said = text_of(page.text)
    for partial in primitive.partials:
        assert f"in the table {partial}" in said
    for word in index.distinct_spellings(primitive):
        assert f"<code>{word.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}" in (
            page.text
        )
    for edge in primitive.nonsmooth_points:
        assert f"▲ {edge.status}" in said
        if edge.convention:
            assert f"The answer there is {edge.convention}" in said
    assert ("Defined for all numbers" in said) == (not primitive.domain)
    assert 'class="ledger' in page.text
    assert "def f_adjoint(" in said
    assert (page.text.count("<figure") > 0) == (name not in WITHOUT_AXIS)
    assert "$" not in re.sub(r"<pre.*?</pre>", "", page.text, flags=re.DOTALL)


@pytest.mark.parametrize("path", ["", "/pow", "/atan2", "/language", "/numbers", "/keys", "/pages"])
def test_a_page_weighs_less_than_200_kb_with_all_it_loads(client, path):
    page = client.get(f"/reference{path}")
    assert len(page.content) + loaded(client, page.text) < LIMIT


def test_a_page_leads_to_the_one_before_and_the_one_after(client):
    for before, after in sizes.thinned(pairwise(NAMES)):
        assert f'rel="next" href="/reference/{after}"' in client.get(f"/reference/{before}").text
        assert f'rel="prev" href="/reference/{before}"' in client.get(f"/reference/{after}").text


@pytest.mark.parametrize("spelling", sorted(by_spelling()))
def test_every_spelling_leads_to_its_page(client, spelling):
    page = client.get(f"/reference/{spelling}")
    assert page.status_code == 200
    name = page.url.path.rpartition("/")[2]
    assert spelling in (name, *PRIMITIVES[name].spellings)


def test_no_page_takes_the_name_of_a_primitive():
    taken = {*document.PAGES, "keys", "api"}
    assert taken.isdisjoint({*PRIMITIVES, *by_spelling()})


def test_what_is_no_primitive_is_not_found(client):
    for name in ("nothing", "<script>", "a%2Fb", "__init__", "x" * 4_000):
        page = client.get(f"/reference/{name}")
        assert page.status_code == 404
        assert "<script>alert" not in page.text


def test_the_groups_hold_the_whole_table_in_its_order():
    rows = [row.name for group in index.groups() for row in group.rows]
    assert rows == NAMES
    assert all(group.title for group in index.groups())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_uses_its_operation_and_is_fine_where_it_stands(name):
    shown = entry(name)
    assert example_text(PRIMITIVES[name]) == shown.text
    assert shown.example.answer.status == "ok"
    assert name in adexplain.parse(shown.text).ops


def test_a_kink_is_drawn_with_both_slopes_and_the_convention(client):
    (drawn,) = entry("abs").plots
    (mark,) = drawn.marks
    assert (mark.where, mark.kind, mark.left, mark.right, mark.answer) == (
        "a = 0", "kink", "−1", "1", "0",
    )  # fmt: skip
    assert "the answer is 0" in client.get("/reference/abs").text


def test_two_arguments_are_drawn_as_slices_that_say_what_is_fixed(client):
    page = text_of(client.get("/reference/hypot").text)
    assert "with b = 2" in page
    assert "with b = 0" in page  # where the kink is


def test_the_index_has_every_primitive_and_where_to_go(client):
    page = client.get("/reference")
    assert page.status_code == 200
    assert len(page.content) < LIMIT
    for name in NAMES:
        assert f'href="/reference/{name}"' in page.text
    for path in ("/reference/language", "/reference/numbers", "/reference/keys", "/api/docs"):
        assert f'href="{path}"' in page.text


@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ("tanh", ["tanh", "atanh"], ["sin"]),
        ("ARCSIN", ["asin"], ["sin"]),
        ("**", ["pow"], ["mul"]),
        ("kink", ["abs", "relu", "max"], ["sin"]),
        ("bell curve", ["gelu", "erf"], ["exp"]),
    ],
)
def test_the_index_is_searched_without_scripts(client, asked, found, not_found):
    page = client.get("/reference", params={"q": asked}).text
    for name in found:
        assert f'href="/reference/{name}"' in page
    for name in not_found:
        assert f'href="/reference/{name}"' not in page


def test_a_search_of_the_index_that_finds_nothing_says_what_to_try(client):
    page = client.get("/reference", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "Try a name" in page


def test_the_language_and_the_numbers_are_the_pages_of_the_documentation(client):
    for name, section in (("language", "limits"), ("numbers", "statuses")):
        page = client.get(f"/reference/{name}")
        assert page.status_code == 200
        assert f'<h2 id="{section}">' in page.text
        assert f'href="#{section}"' in page.text
        assert "<th></th>" not in page.text
        for link in re.findall(r'href="(/[^"#]*)', page.text):
            assert client.get(link).status_code == 200, link
    assert "|x|" in text_of(client.get("/reference/language").text)


def test_the_keys_are_those_of_the_menu(client):
    page, menu = client.get("/reference/keys").text, client.get("/").text
    for group in SHORTCUTS:
        for key in group.shortcuts:
            assert key.action in page
            assert (key.action in menu) == group.in_menu


def test_the_api_describes_itself(client):
    assert client.get("/reference/api").url.path == "/api/docs"


def test_every_page_says_where_it_is_and_leads_everywhere(client):
    inner = ["/reference/sin", "/reference/keys", "/reference/language"]
    for path in ["/", "/reference", "/api/docs", "/search", *inner]:
        page = client.get(path).text
        for section in SECTIONS:
            assert f'<a href="{section.path}"' in page
        assert page.count('name="q"') >= 1
        assert ('aria-label="You are here"' in page) == (path in inner)
    assert '<a href="/reference" aria-current="page">' in client.get("/reference").text
    assert '<a href="/reference" aria-current="true">' in client.get("/reference/sin").text


def test_the_sections_are_these_in_this_order():
    titles = ["Explore", "Lessons", "Practice", "Reference", "API"]
    assert [section.title for section in SECTIONS] == titles


@pytest.mark.parametrize("path", [*(s.path for s in SECTIONS), *(p.path for p in PAGES)])
def test_what_the_head_and_the_search_lead_to_exists(client, path):
    assert client.get(path).status_code == 200


def test_where_an_operation_is_used():
    lessons, examples = uses.in_lessons(), uses.in_examples()
    assert any(address == "/lessons/04-steps" for _, address in lessons["sin"])
    assert "Two neurons" in {title for title, _ in examples["tanh"]}
