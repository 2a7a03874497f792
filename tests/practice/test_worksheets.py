"""Sheets in LaTeX: they compile, differ, and leave room where a student writes."""

import re
import shutil
import subprocess

import pytest
from starlette.testclient import TestClient

import adexplain
from adexplain.cli.main import main
from adexplain.errors import InputError
from adexplain.export.blank import SOLVED, Blank
from adexplain.export.latex import document, latex, tables
from adexplain.practice.exercises import make
from adexplain.practice.worksheets import MIXED, function_latex, sheets, sheets_latex
from adexplain.server.app import create_app

BOOK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


@pytest.fixture(scope="module")
def book():
    return adexplain.explain(BOOK, {"x1": 1.5, "x2": 0.5})


def compiled(text, folder):
    (folder / "sheet.tex").write_text(text, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "sheet.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    return (folder / "sheet.log").read_text("latin-1")


needs_latex = pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="there is no pdflatex here"
)


@needs_latex
@pytest.mark.parametrize("operations", [True, False])
def test_a_function_compiles(book, tmp_path, operations):
    text = document(function_latex(book, "both", Blank(operations=operations)))
    assert "Overfull \\hbox" not in compiled(text, tmp_path)


@needs_latex
def test_a_class_compiles(tmp_path):
    names = ["Ada", "B & C_1", "100 % #2"]
    made = sheets(MIXED, 3, 6, names=names)
    log = compiled(document(sheets_latex(made, "both", Blank())), tmp_path)
    assert "Output written on sheet.pdf" in log


@needs_latex
def test_a_solved_set_compiles(tmp_path):
    made = sheets(MIXED, 5, 6)
    compiled(document(sheets_latex(made, "both", Blank(operations=False))), tmp_path)


def test_a_blank_sheet_holds_no_computed_number(book):
    blank = "\n".join(tables(book, Blank()))
    for number in ("3.0000", "1.3513", "2.0166", "1.4924", "-13.724", "3.0118", "2.8437"):
        assert number in latex(book)
        assert number not in blank
    assert r"\sin" in blank
    assert r"\sin" not in "\n".join(tables(book, Blank(operations=False)))
    assert "\n".join(tables(book, SOLVED)) in latex(book)


@needs_latex
def test_no_name_pushes_the_key_off_the_page(tmp_path):
    names = ["Ada", "Marguerite-Antoinette von und zu Hohenlohe-Schillingsfuerst"]
    log = compiled(
        document(sheets_latex(sheets(MIXED, 5, 2, names=names), "solved", Blank())), tmp_path
    )
    assert "Overfull" not in log


@needs_latex
@pytest.mark.parametrize("operations", [True, False])
def test_long_exercises_fit_their_pages(tmp_path, operations):
    made = sheets("outputs", 5, 8)
    log = compiled(document(sheets_latex(made, "both", Blank(operations=operations))), tmp_path)
    assert "Overfull" not in log


def test_every_page_of_a_class_tells_which_sheet_it_is():
    made = sheets(MIXED, 2026, 2, names=["Ada", "Bob"])
    text = sheets_latex(made, "both", Blank())
    assert text.count(r"\markright") == 3
    assert r"\markright{Sheet 2\quad Bob\hfill All levels in turn, number 2026\hfill}" in text
    assert r"\markright{Answers\hfill All levels in turn, number 2026\hfill}" in text
    assert {sheet.origin for sheet in sheets("one", 7, 1)} == {"One operation, number 7"}


def test_a_sheet_has_a_line_for_each_answer_and_a_box_for_each_task():
    made = sheets(MIXED, 4, 6)
    text = sheets_latex(made, "blank", Blank())
    lines = sum(len(exercise.blanks) for exercise in made[0].exercises)
    assert len(re.findall(r"= \{\}\$ \\underline", text)) == lines
    assert text.count(r"\begin{minipage}") == sum(len(e.sweeps()) for e in made[0].exercises)


def test_a_jacobian_has_a_sweep_for_each_output():
    made = next(m for m in (sheets("outputs", k, 1) for k in range(20)) if is_jacobian(m))
    text = sheets_latex(made, "both", Blank())
    assert text.count("Primal trace") == 2
    assert text.count("Adjoint trace") == 4
    assert text.count("The derivatives of") == 4


def is_jacobian(made):
    return made[0].exercises[0].kind == "jacobian"


def test_results_are_as_exact_as_their_rows():
    exercise = next(e for s in range(1, 50) if (e := make("outputs", s)).kind == "tangent")
    assert not re.search(r"\d\.\d{3}", "\n".join(tables(exercise.explanation(), answer=False)))


def test_the_command_and_the_page_make_the_same_class(command):
    page = TestClient(create_app()).get(
        "/practice/class.tex?level=mixed&seed=2026&exercises=3&sheets=5"
    )
    code, out, _ = command("worksheet", "--level", "mixed", "--seed", "2026", "--sheets", "5")
    assert code == 0
    assert out == page.text


@pytest.mark.slow
def test_thirty_sheets_are_thirty(tmp_path):
    made = sheets(MIXED, 2026, 3, 30)
    assert len({tuple((e.text, *e.at.values()) for e in s.exercises) for s in made}) == 30
    every = [(e.text, *e.at.values()) for sheet in made for e in sheet.exercises]
    assert len(set(every)) == 90
    assert [[e.level for e in sheet.exercises] for sheet in made] == [
        ["one", "chain", "product"]
    ] * 30
    assert made == sheets(MIXED, 2026, 3, 30)
    assert made[0].exercises != sheets(MIXED, 2027, 3, 30)[0].exercises
    for level in ("one", "kinks"):
        assert len(sheets(level, 1, 12, 60)) == 60


def test_too_much_is_refused():
    for wanted in ((MIXED, 1, 0), (MIXED, 1, 13), (MIXED, 1, 3, 61), ("hard", 1, 3)):
        with pytest.raises(InputError):
            sheets(*wanted)


@pytest.fixture
def command(capsys):
    def call(*words):
        code = main(words)
        return code, *capsys.readouterr()

    return call


def test_an_exercise_in_the_terminal(command):
    code, out, _ = command("exercise", "sharing", "--seed", "4")
    assert code == 0
    assert "Find the tangent" in out
    assert "= 7" not in out
    _, out, _ = command("exercise", "sharing", "--seed", "4", "--solution")
    assert "= 7" in out
    assert "tangent" in out
    _, out, _ = command("exercise", "one", "--count", "3", "--format", "json")
    assert out.count('"seed"') == 3
    assert "answers" not in out


@pytest.mark.parametrize(
    "words",
    [
        ("exercise",),
        ("exercise", "hard"),
        ("exercise", "one", "two"),
        ("exercise", "one", "--count", "0"),
        ("exercise", "one", "--seed", "999999999", "--count", "2"),
        ("worksheet",),
        ("worksheet", "x", "--level", "one"),
        ("worksheet", "--level", "hard"),
        ("worksheet", "--level", "one", "--sheets", "x"),
        ("worksheet", "x*"),
    ],
)
def test_what_the_commands_refuse(command, words):
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert err


def test_a_worksheet_in_a_file(command, tmp_path):
    target = tmp_path / "class.tex"
    names = tmp_path / "names.txt"
    names.write_text("Ada\nBob\n", "utf-8")
    words = ["worksheet", "--level", "chain", "--names", str(names), "--output", str(target)]
    assert command(*words) == (0, "", "")
    text = target.read_text("utf-8")
    assert "Ada" in text
    assert text.count(r"\section*{Sheet") == 2
    code, out, _ = command("worksheet", "x*y", "x=2", "y=3", "--part", "blank")
    assert code == 0
    assert "6.0000" not in out
    assert out.startswith(r"\documentclass")
