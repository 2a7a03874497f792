"""Files to take away: every format is offered, downloads, and is what it says."""

import csv
import io
import json
import re
import shutil
import subprocess

import nbformat
import pytest
from markdown_it import MarkdownIt

from adexplain.server.exporting.files import CODE_FILES, WRITERS, downloads, exists, make_file
from adexplain.server.exporting.formats import FORMATS
from adexplain.server.http.address import State

GRIEWANK = {
    "f": "v1 = x1/x2\nv2 = sin(v1)\nv3 = exp(x2)\nv4 = v1 - v3\nv5 = v2 + v4\nv6 = v5*v4",
    "at.x1": "1.5",
    "at.x2": "0.5",
}
HOSTILE = "x # </script></style><script>alert(1)</script><!-- \"'>"


def keys(state):
    return [download.key for group in downloads(state).values() for download in group]


def test_every_format_is_on_the_page_and_downloads(client):
    page = client.get("/", params=GRIEWANK).text
    found = keys(State("x"))
    assert set(FORMATS) | set(CODE_FILES) <= set(found)
    for part in WRITERS:
        able = {f"{part}-{name}" for name, form in FORMATS.items() if getattr(form, part)}
        assert able
        assert able <= set(found)
    for key in found:
        address = re.search(rf'href="(/export/{key}\?[^"]*)"', page)[1].replace("&amp;", "&")
        answer = client.get(address)
        assert answer.status_code == 200, key
        assert answer.content.strip(), key
        saved = answer.headers["content-disposition"]
        assert re.fullmatch(r'attachment; filename="griewank-walther[a-z0-9-]*\.[\w.]+"', saved), (
            saved
        )
        assert answer.headers["content-type"].endswith("; charset=utf-8")


def test_a_format_says_what_it_is_good_for(client):
    page = client.get("/", params=GRIEWANK).text
    for form in FORMATS.values():
        assert form.title in page
        assert form.about in page


def test_what_is_downloaded_is_what_the_format_says(client):
    def get(key):
        return client.get(f"/export/{key}", params=GRIEWANK)

    assert json.loads(get("json").text)["gradient"]["x1"] == pytest.approx(3.0118433276739065)
    lines = list(csv.DictReader(io.StringIO(get("csv").text)))
    assert sum(line["kind"] == "contribution" for line in lines) == 10
    nbformat.validate(nbformat.reads(get("notebook").text, as_version=4))
    html = MarkdownIt().enable("table").render(get("markdown").text)
    assert [part.count("<tr>") for part in html.split("</table>")[:-1]] == [9, 12]
    names = {}
    exec(get("adjoint-code").text, names)
    assert names["f_adjoint"](1.5, 0.5)[1] == pytest.approx((3.0118433276739, -13.723961509314))
    exec(get("tangent-code").text, names)
    assert names["f_tangent"](1.5, 0.5)[1] == pytest.approx(3.0118433276739)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex here")
@pytest.mark.parametrize("key", ["latex", "comparison-latex"])
def test_a_download_of_latex_compiles_as_it_is(client, key, tmp_path):
    answer = client.get(f"/export/{key}", params=GRIEWANK)
    (tmp_path / "a.tex").write_text(answer.text, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    assert done.stdout.count(b"[1") == 1


def test_what_is_copied_goes_into_another_document(client):
    piece = client.get("/export/latex", params={**GRIEWANK, "copy": "1"})
    assert r"\begin{document}" not in piece.text
    assert r"\toprule" in piece.text
    assert "content-disposition" not in piece.headers
    svg = client.get("/export/html", params={"f": HOSTILE, "copy": "1"})
    assert svg.headers["content-type"] == "text/plain; charset=utf-8"


def test_steps_findings_and_comparison_say_what_they_are(client):
    said = client.get("/export/steps-table", params=GRIEWANK).text
    assert "is used twice" in said
    found = client.get("/export/findings-json", params={"f": "log(x)", "at.x": "0"})
    assert json.loads(found.text)
    assert 'filename="trace-log-x-findings.json"' in found.headers["content-disposition"]
    verdict = client.get("/export/comparison-table", params=GRIEWANK).text
    assert "All methods agree" in verdict


def test_only_the_codes_of_the_mode_are_offered():
    assert "tangent-code" not in keys(State("x", mode="reverse"))
    assert "adjoint-code" not in keys(State("x", mode="forward"))


def test_a_function_too_long_for_an_address_is_sent_as_a_form(client):
    text = "\n".join(["y0 = x"] + [f"y{i} = y{i - 1} + {i}*x" for i in range(1, 3000)])
    page = client.post("/", data={"f": text}).text
    assert re.search(r'<button[^>]* form="ask"[^>]* formaction="/export/csv"', page)
    answer = client.post("/export/csv", data={"f": text, "at.x": "2"})
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) > 9_000


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ln(x1) + x1*x2 - sin(x2)", "baydin.tex"),
        ("α/β", "trace.tex"),
        ('"; rm -rf /\r\nX: y', "trace-rm-rf-x-y.tex"),
        ("con", "trace-con.tex"),
        ("x" * 300, f"trace-{'x' * 34}.tex"),
    ],
)
def test_names_of_files_are_safe_everywhere(text, name):
    from adexplain.server.exporting.files import file_name

    assert file_name(State(text), "", "tex") == name


def test_only_what_shows_a_step_is_named_after_it():
    state = State("x*y", step=3)
    moving = [name for name, form in FORMATS.items() if form.shows_step]
    assert "html" in moving
    for key in ("json", *moving):
        assert ("step-3" in make_file(state, key, False).name) == (key in moving)
    for group in downloads(state).values():
        for download in group:
            assert ("step=3" in download.link(state)) == download.shows_step
            assert ("step=3" in download.action(state)) == download.shows_step


def test_links_of_a_long_function_do_not_fill_the_page(client):
    text = " + ".join(f"sin({k}*x)" for k in range(200))
    page = client.get("/", params={"f": text}).text
    export = page[page.index('id="export"') :]
    assert len(export) < 10_000
    assert 'form="ask"' in export
    assert client.post("/export/csv", data={"f": text}).status_code == 200


def test_what_cannot_be_made_is_said(client):
    wrong = client.get("/export/latex", params={"f": "x + $"})
    assert wrong.status_code == 422
    assert "has no meaning here" in wrong.text
    for path in ("/export/nothing?f=x", "/export/latex", "/export/steps-notebook?f=x"):
        assert client.get(path).status_code == 404
    assert not exists("comparison-adjoint-code")
