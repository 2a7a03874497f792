"""The page as one file."""

import base64
import hashlib
import re

import pytest

import adexplain as ad
from adexplain.server.exporting.html_file import CARD_LIMIT, html_file

HOSTILE = "x # </script></style></template><script>alert(1)</script><!-- \"'><img src=x>"


def part(html, tag):
    return re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)[1]


@pytest.fixture(scope="module")
def html():
    return html_file(ad.explain("x*y + sin(x)", [1, 2]), 3)


def test_nothing_is_loaded_from_elsewhere(html):
    loaded = re.findall(r"""(?:href|src|action)=["']([^"']*)|url\(["']?([^"')]*)""", html)
    for address in (first or second for first, second in loaded):
        assert address.startswith(("data:", "#")), address
    assert "@import" not in html
    assert "data-src" not in html


def test_the_policy_allows_exactly_what_is_there(html):
    policy = re.search(r'Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'")
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        assert html.count(f"<{tag}") == 1
        digest = base64.b64encode(hashlib.sha256(part(html, tag).encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_it_opens_at_the_step_with_every_card(html):
    assert 'data-step="3"' in html
    cards = re.findall(r'<article[^>]*data-for="(\d+)"', part(html, "template"))
    total = ad.explain("x*y + sin(x)", [1, 2]).stepping.total
    assert cards == [str(number) for number in range(1, total + 1)]


def test_its_weight(html):
    assert len(html.encode()) < 450_000


def test_text_of_a_user_stays_text():
    html = html_file(ad.explain(HOSTILE, [1]))
    assert html.count("<script") == html.count("</script") == 1
    assert html.count("<style") == html.count("</style") == 1
    assert "<img" not in html


def test_a_long_trace_says_how_much_it_tells():
    text = "\n".join(["y0 = x"] + [f"y{i} = y{i - 1} + {i}*x" for i in range(1, 700)])
    explanation = ad.explain(text, [2])
    html = html_file(explanation)
    assert len(re.findall(r"<article", part(html, "template"))) == CARD_LIMIT
    total = explanation.stepping.total
    assert f"The first {CARD_LIMIT} of {total:,} steps are told in words" in html
    assert not re.search(r'href="/', html)


def test_ascii_where_nothing_else_can_be_written():
    html = html_file(ad.explain("α*abs(x)", {"α": 1, "x": 0}), None, ascii_only=True)
    assert html.isascii()
    assert "&#945;*abs(x)" in html
    digest = base64.b64encode(hashlib.sha256(part(html, "script").encode()).digest()).decode()
    assert digest in html
    assert re.search(r'content: "\\25b2 ', part(html, "style"))
