"""Every page is documented, and what documentation leads to exists."""

import re
from pathlib import Path

import pytest

from adexplain.server.app import create_app
from adexplain.server.http.navigation import STARTING_POINTS

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "docs" / "pages.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
HERE = "http://127.0.0.1:8000"


def paths(routes):
    """Every path of an application that is for people, or asked for by their pages."""
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is not None:
            yield from paths(router.routes)
        elif not getattr(route, "include_in_schema", False) and route.path != "/static":
            yield route.path


def test_every_page_is_documented():
    missing = {path for path in paths(create_app().routes) if f"`{path}`" not in PAGES}
    assert missing - {"/api/openapi.json", "/api/schema.json"} == set()


def test_every_documented_page_exists():
    known = set(paths(create_app().routes))
    for path in re.findall(r"`(/[^`?]*)`", PAGES):
        pattern = re.sub(r"^/export/\w+$", "/export/{key}", path)
        assert pattern in known, path


@pytest.mark.parametrize(
    "link", sorted(set(re.findall(rf"\]\({HERE}([^ ]*?)\)[;,:.| \n]", README)))
)
def test_what_the_readme_leads_to_exists(client, link):
    assert client.get(link).status_code == 200


def test_the_first_screen_of_the_readme_leads_a_lecturer_and_a_student_on():
    first = README[: README.index("![")]
    for path in ("/lessons", "?view=lecture", "/practice/worksheet", "/practice/check"):
        assert path in first
    assert len(first.splitlines()) < 20


def test_the_opening_page_leads_a_lecturer_and_a_student_on(client):
    page = client.get("/").text
    for who, links in STARTING_POINTS:
        assert who in page
        for title, path in links:
            assert f'<a href="{path.replace("&", "&amp;")}">{title}</a>' in page
            assert client.get(path).status_code == 200
    elsewhere = client.get("/", params={"f": "x*y"}).text
    assert 'class="ways' not in elsewhere
    assert 'class="ways' not in client.get("/?view=projector").text


def test_the_ways_are_those_of_a_lecturer_and_of_a_student():
    teach, learn = ({title for title, _ in links} for _, links in STARTING_POINTS)
    assert {"lessons", "lecture mode", "worksheets"} <= teach
    assert {"predict a trace", "practise", "check my work"} <= learn
