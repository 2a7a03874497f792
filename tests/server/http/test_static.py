from pathlib import Path

import pytest

from adexplain.paths import folder

STATIC = folder("web") / "static"
FILES = sorted(path for path in STATIC.rglob("*") if path.suffix in (".css", ".js"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: Path(path).name)
def test_a_file_is_sent_without_comments(client, path):
    answer = client.get(f"/static/{path.relative_to(STATIC).as_posix()}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith(("text/css", "text/javascript"))
    assert len(answer.content) < len(path.read_bytes())
    assert "/*" not in answer.text.replace("*/*", "")


def test_a_browser_that_has_it_is_told_so(client):
    first = client.get("/static/js/explorer/state.js")
    again = client.get(
        "/static/js/explorer/state.js", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_strings_and_expressions_are_left_alone(client):
    assert '"pending next"' in client.get("/static/js/explorer/state.js").text
    assert "/^[0-9]{1,9}$/" in client.get("/static/js/explorer/state.js").text
    assert '"" / "not computed yet"' in client.get("/static/css/explorer/table.css").text
