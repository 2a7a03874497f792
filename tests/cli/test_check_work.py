"""``adexplain check-work``: files, formats, exit codes, errors with their place."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import pytest

from adexplain.cli.check_work import read_work_file
from adexplain.cli.main import main
from adexplain.practice.marking import CheckedWork

WRONG = "function: x*y + sin(x)\nat: x=1, y=2\nwork:\nv1' = x'*y - x*y'\nv2' = cos(x)*x'\n"
RIGHT = WRONG.replace("- x*y'", "+ x*y'")


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str) -> str:
        path = tmp_path / "mine.txt"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def test_the_exit_code_says_whether_something_is_wrong(write, capsys) -> None:
    assert main(["check-work", write(RIGHT)]) == 0
    assert "Both rows are right." in capsys.readouterr().out
    assert main(["check-work", write(WRONG)]) == 1
    told = capsys.readouterr().out
    assert "Wrong sign." in told
    assert "line 4" in told  # of the file


def test_the_function_may_come_from_the_command_line(write, capsys) -> None:
    words = ["check-work", write("row,tangent\nv1,2\nv2,0.540\nv3,2.54\n")]
    assert main([*words, "--function", "x*y + sin(x)", "x=1", "y=2"]) == 0
    assert main([*words, "--function", "x*y + sin(x)", "--at", "x=1,y=2", "--seed", "y"]) == 1


def test_it_reads_standard_input(monkeypatch, capsys) -> None:
    class Stdin:
        buffer = io.BytesIO(WRONG.encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    assert main(["check-work", "-", "--format", "markdown"]) == 1
    assert "| wrong |" in capsys.readouterr().out


def test_json_is_as_the_schema_says(write, capsys) -> None:
    assert main(["check-work", write(WRONG), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(CheckedWork.schema_of())
    jsonschema.Draft202012Validator(CheckedWork.schema_of()).validate(data)
    assert [row["line"] for row in data["rows"]] == [4, 5]
    row = data["rows"][0]
    assert WRONG[row["start"] : row["end"]] == "v1' = x'*y - x*y'"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WRONG.replace("cos(x)", "cos(x"), "mine.txt, line 5, column 7: The bracket of `cos`"),
        (WRONG.replace("sin(x)", "sin(x"), "line 1, column 17: The bracket of `sin`"),
        ("work:\nx' = 1\n", "There is no function."),
        ("function: x\nat: x=1\nwork:\n", "There is no derivation here."),
        ("function: x\nat: 1\nwork:\nq' = 1\n", "line 4, column 1: `q` is no input and no row."),
    ],
)
def test_an_error_says_its_line_and_column(write, capsys, text: str, told: str) -> None:
    assert main(["check-work", write(text)]) == 2
    assert told in capsys.readouterr().err


def test_without_a_file_the_help_is_named(capsys) -> None:
    assert main(["check-work"]) == 2
    assert "--help" in capsys.readouterr().err


def test_a_file_without_heads_is_a_derivation_alone() -> None:
    assert read_work_file("v1' = 2\n").work == "v1' = 2\n"
    parts = read_work_file(
        "\nfunction: a = x*y\nsin(a)\nAt: x = 1,\n  y = 2\nseed: x\nwork: a' = 1"
    )
    assert (parts.function, parts.at, parts.seed) == ("a = x*y\nsin(a)\n", "x = 1,y = 2", "x")
    assert parts.work == "a' = 1"
