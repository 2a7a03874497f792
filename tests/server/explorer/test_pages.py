import re
import time
from urllib.parse import urljoin

import pytest

from adexplain.paths import folder
from adexplain.server.http import font
from adexplain.server.http.address import LONGEST
from adexplain.server.http.examples import GROUPS
from adexplain.server.http.security import HEADERS

EXAMPLES = [example for examples in GROUPS.values() for example in examples]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_the_page_opens_on_baydins_function(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "ln(x1) + x1*x2 - sin(x2)" in page.text
    assert 'title="5.5"' in page.text
    assert "1.7163" in page.text


def test_the_view_asked_for_is_shown_without_a_function(client):
    page = client.get("/?view=projector").text
    assert 'class="projector"' in page
    assert "ln(x1) + x1*x2 - sin(x2)" in page


def test_numbers_that_are_none_look_the_same_everywhere(client):
    for path in ("/?f=1/x&at.x=0", "/?f=sqrt(x)+%2B+abs(y)&at.x=0&at.y=0", "/?f=0/x&at.x=0"):
        text = re.sub(r"<[^>]*>", " ", client.get(path + "&compare=1").text)
        assert not re.search(r"(?<!\w)(inf|nan)(?!\w)|-∞", text), path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_works(client, example):
    page = client.get(example.state().address())
    assert page.status_code == 200
    assert 'class="ledger' in page.text
    assert len(page.content) < 120_000


@pytest.mark.parametrize("mode", ["forward", "reverse", "both"])
def test_modes(client, mode):
    page = client.get("/", params={"f": "x*y", "mode": mode}).text
    assert ("Tangent <span" in page) == (mode != "reverse")
    assert ("Adjoint <span" in page) == (mode != "forward")


def test_contributions_stand_with_their_running_sums(client):
    page = client.get("/", params={"f": "x*x", "at.x": "3"}).text
    first_row = page[page.index("<tbody") : page.index("</tbody>")]
    assert first_row.count("<tr") == 2
    assert first_row.count("3.0000") >= 3
    assert "<b>" in first_row
    assert "6.0000" in first_row


def test_the_comparison_on_the_server(client):
    without = client.get("/", params={"f": "x*x", "at.x": "3"}).text
    assert "compare=1" in without
    with_it = client.get("/", params={"f": "x*x", "at.x": "3", "compare": "1"}).text
    assert "Forward difference" in with_it
    alone = client.get("/verdict", params={"f": "x*x", "at.x": "3"})
    assert alone.status_code == 200
    assert "<html" not in alone.text


def test_an_error_stands_where_the_input_is(client):
    page = client.get("/", params={"f": "sin(x) + $y"})
    assert page.status_code == 422
    assert "sin(x) + <mark>$</mark>y" in page.text
    assert "sin(x) + $y</textarea>" in page.text
    assert 'class="ledger' not in page.text


def test_an_error_in_a_value_stands_at_the_value(client):
    page = client.get("/", params={"f": "x*y", "at.x": "2", "at.y": "two"})
    assert page.status_code == 422
    assert re.search(r'id="at\.y"[^>]*value="two"[^>]*aria-invalid', page.text)
    assert "x*y</textarea>" in page.text


@pytest.mark.parametrize(
    "params",
    [
        {"f": HOSTILE},
        {"f": "x", "at.x": HOSTILE},
        {"f": "x", "at." + HOSTILE: "1"},
        {"f": "x", "at": HOSTILE},
        {"f": "x", "seed": HOSTILE},
        {"f": "x", "bar": HOSTILE},
        {"f": "x", "mode": HOSTILE},
        {"f": "x", "view": HOSTILE},
        {"f": "</textarea>" + HOSTILE},
    ],
    ids=lambda params: str(params)[:40],
)
def test_hostile_input_is_text(client, params):
    for path in ("/", "/verdict"):
        page = client.get(path, params=params)
        assert page.status_code in (200, 422)
        assert "<script>" not in page.text
        assert "<img" not in page.text
        assert page.text.count("</textarea>") <= 1


def test_headers(client):
    for path in ("/", "/api/docs", "/static/css/shared/base.css", "/nowhere", "/api/explain?f=x"):
        answer = client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, path


def test_nothing_inline_that_the_policy_forbids(client):
    for address in ("/", "/?f=abs(x)&at.x=0&compare=1", "/?f=%24", "/api/docs", "/nowhere"):
        page = client.get(address).text
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_pages_that_do_not_exist(client):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert client.get("/font/nothing.ttf").status_code == 404


@pytest.mark.slow
def test_no_link_leads_nowhere(client):
    for start in ("/", "/api/docs"):
        page = client.get(start).text
        for link in set(re.findall(r'\s(?:href|src|action)="([^"]+)"', page)):
            address = link.replace("&amp;", "&").partition("#")[0]
            assert client.get(address or start).status_code == 200, link


def test_static_files_are_cached_by_their_content(client):
    first = client.get("/static/css/shared/base.css")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(
        "/static/css/shared/base.css", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


def loaded(client, html):
    """Bytes of the style sheets and scripts of a page, with what the scripts import, as sent."""
    todo = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    weights = {}
    while todo:
        path = todo.pop()
        if path not in weights:
            text = client.get(path).text
            weights[path] = len(text.encode())
            modules = re.findall(r'from\s*"(\.[^"]+)"', text) if path.endswith(".js") else []
            todo += [urljoin(path, module) for module in modules]
    assert len(weights) > 20
    return sum(weights.values())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_a_page_weighs_less_than_200_kb(client, example):
    page = client.get(example.state().address())
    assert len(page.content) + loaded(client, page.text) < 200_000


def test_a_long_trace_shows_its_ends(client):
    text = "\n".join(["y0 = x"] + [f"y{i} = y{i - 1} + {i}*x" for i in range(1, 3000)])
    start = time.perf_counter()
    page = client.post("/", data={"f": text})
    assert page.status_code == 200
    assert "are not shown" in page.text
    assert len(page.content) < 300_000
    assert time.perf_counter() - start < 10


@pytest.mark.slow
def test_a_sum_of_100000_terms(client):
    text = "+".join(["x"] * 100_000)
    page = client.post("/", data={"f": text, "at.x": "2"})
    assert page.status_code == 200
    assert "more contributions" in page.text


def test_bodies_over_the_limit(client):
    for path in ("/", "/api/explain"):
        assert client.post(path, content=b"x" * 4_000_001).status_code == 413

    def pieces():
        for _ in range(5):
            yield b"x" * 1_000_000

    assert client.post("/api/explain", content=pieces()).status_code == 413


def test_both_sides_agree_how_long_an_address_may_be():
    script = (folder("web") / "static" / "js" / "shared" / "address.js").read_text("utf-8")
    assert f"LONGEST = {LONGEST};" in script


def test_the_font_covers_what_the_style_sheet_says():
    sheet = (folder("web") / "static" / "css" / "shared" / "base.css").read_text("utf-8")
    assert f"unicode-range: {font.RANGES};" in sheet
    assert len(font.part()) < 160_000
    assert len(font.whole()) > 1_000_000


def test_the_generated_code_runs_at_the_point(client):
    answer = client.get("/run/adjoint", params={"f": "x*y", "at": "x=2,y=3", "bar": "2"})
    assert answer.status_code == 200
    assert "f_adjoint(2.0, 3.0, 2.0)\n(6.0, (6.0, 4.0))" in answer.text
    assert client.get("/run/tangent?f=x*y&at.x=2&at.y=3").text.count("(6.0, 3.0)") == 1
    assert client.get("/run/primal?f=x").status_code == 404
    assert client.get("/run/adjoint").status_code == 404
    assert client.get("/run/adjoint?f=x%2B").status_code == 422


def test_an_unfinished_text_is_no_failure_where_the_pages_own_script_asks(client):
    opened = client.get("/?f=x%2B")
    typed = client.get("/?f=x%2B", headers={"X-Adexplain-Shape": "wide"})
    assert (opened.status_code, typed.status_code) == (422, 200)
    assert "X-Adexplain-Refused" not in opened.headers
    assert typed.headers["X-Adexplain-Refused"] == "422"
    assert typed.text == opened.text
