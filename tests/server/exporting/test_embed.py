"""The page that other pages may frame."""

import re

from adexplain.server.http.security import EMBED_HEADERS

QUERY = {"f": "x1*x2 + sin(x1)", "at.x1": "2", "at.x2": "5", "step": "4"}


def test_other_sites_may_frame_it_and_nothing_else(client):
    answer = client.get("/embed", params=QUERY)
    assert answer.status_code == 200
    assert "x-frame-options" not in answer.headers
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    for name, value in EMBED_HEADERS.items():
        assert answer.headers[name] == value
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    for path in ("/", "/verdict?f=x", "/export/latex?f=x"):
        assert client.get(path).headers["x-frame-options"] == "SAMEORIGIN"


def test_it_is_the_trace_without_input_and_navigation(client):
    page = client.get("/embed", params=QUERY).text
    assert 'id="timeline"' in page
    assert 'class="ledger' in page
    for absent in ("<textarea", "<nav", 'id="verdict"', "/export/"):
        assert absent not in page
    assert re.search(r'<a href="/\?f=x1\*x2[^"]*step=4"[^>]*>Open in adexplain', page)


def test_its_own_links_stay_within_the_frame(client):
    page = client.get("/embed", params=QUERY).text
    for to, name in ((3, "back"), (5, "forward")):
        assert re.search(rf'href="/embed\?[^"]*step={to}" data-go="{name}"', page)


def test_an_error_is_said_in_the_frame(client):
    answer = client.get("/embed", params={"f": "x + $"})
    assert answer.status_code == 422
    assert "has no meaning here" in answer.text
    assert client.get("/embed").status_code == 200


def test_share_shows_link_and_embed_code_without_scripts(client):
    page = client.get("/", params=QUERY).text
    query = "f=x1*x2+%2B+sin(x1)&amp;at.x1=2&amp;at.x2=5&amp;step=4"
    assert f'<code id="share-link" tabindex="0">http://testserver/?{query}</code>' in page
    source = f"http://testserver/embed?{query}".replace("&amp;", "&amp;amp;")
    assert f'&lt;iframe src=&quot;<span id="share-source">{source}</span>&quot;' in page
    assert 'id="share"' not in client.post("/", data={"f": "+".join(["x"] * 7000)}).text
