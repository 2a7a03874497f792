"""The command line: every command in every format, exit codes, and what a person sees go wrong."""

import csv
import io
import json
import subprocess
import sys
import time

import pytest

from adexplain import __version__
from adexplain.cli.arguments import split
from adexplain.cli.main import main
from adexplain.cli.parser import EXAMPLES
from adexplain.server.exporting.formats import FORMATS
from tests.cli.process import BAYDIN, run

ARGUMENTS = {
    "trace": BAYDIN,
    "steps": BAYDIN,
    "compare": BAYDIN,
    "doctor": ["sqrt(x) + y^2 + 0*z", "x=0", "y=0", "z=1"],
    "code": BAYDIN[:1],
}


ABLE = [
    (command, name)
    for command, what in (
        ("trace", "explanation"),
        ("steps", "steps"),
        ("compare", "comparison"),
        ("doctor", "findings"),
        ("code", "code"),
    )
    for name, form in FORMATS.items()
    if getattr(form, what)
]


@pytest.mark.parametrize(("what", "name"), ABLE)
def test_every_command_in_every_format(command, what, name):
    code, out, err = command(what, *ARGUMENTS[what], "--format", name)
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    if name == "json":
        assert isinstance(json.loads(out), dict)
    if name == "csv":
        lines = list(csv.DictReader(io.StringIO(out)))
        assert lines
        assert all(None not in line and None not in line.values() for line in lines)
    if what in ("trace", "steps") and name in ("table", "latex", "markdown"):
        assert "1.7163" in out


def test_trace_as_json_is_the_explanation(command):
    _, out, _ = command("trace", *BAYDIN, "--format", "json")
    data = json.loads(out)
    assert data["gradient"] == {"x1": 5.5, "x2": 1.7163378145367738}
    assert [row["name"] for row in data["rows"]] == ["v1", "v2", "v3", "v4", "v5"]


def test_one_step_in_words_or_all_of_them(command):
    code, out, _ = command("steps", *BAYDIN)
    assert code == 0
    assert [out.index(f"{sweep} sweep\n") for sweep in ("Primal", "Tangent", "Adjoint")]
    assert "  18  x2 is used twice, so x̄2 collects two contributions." in out
    _, out, _ = command("steps", *BAYDIN, "--step", "18")
    assert out.startswith("Adjoint sweep, step 8 of 9\n  x2 is used twice")
    assert "Each factor is scaled by the other one." in out
    assert "x̄2 += v̄2 · ∂v2/∂x2: −0.28366 + 1.0000 × 2.0000 = 1.7163." in out
    code, _, err = command("steps", *BAYDIN, "--step", "20")
    assert code == 2
    assert "The last one is 19." in err


def test_the_doctor_tells_where_it_began(command):
    code, out, _ = command("doctor", "log(sigmoid(x))", "x=-800")
    assert code == 0
    assert "f is -inf" in out.replace("−∞", "-inf")
    assert "began  primal sweep, row v1, step 1" in out
    assert "mend   `-softplus(-x)` is" in out
    _, out, _ = command("doctor", "x*y", "x=2", "y=3")
    assert "none is 0" in out
    _, out, _ = command("doctor", "x^2", "x=0", "--format", "json")
    assert [one["quiet"] for one in json.loads(out)["findings"]] == [True]


def test_steps_as_data(command):
    _, out, _ = command("steps", *BAYDIN, "--format", "json")
    data = json.loads(out)
    assert data["total"] == len(data["steps"]) == 19
    assert data["steps"][17]["total"] == 1.7163378145367738
    _, out, _ = command("steps", "1/x", "x=0", "--format", "json", "--step", "1")
    assert [step["amount"] for step in json.loads(out)["steps"]] == ["inf"]


@pytest.mark.parametrize(
    "words",
    [
        ["trace", "x*y", "x=2", "y=3"],
        ["trace", "x*y", "--at", "x=2,y=3"],
        ["trace", "x*y", "--at", "x=2", "--at", "y=3"],
        ["trace", "x*y", "x=2", "--mode", "both", "y=3"],
        ["trace", "--mode=both", "x*y", "--at", "2,3"],
        ["trace", "x*y", "x=log(9, 3)", "--at", "y=max(1, 3)"],
    ],
)
def test_ways_to_give_values(command, words):
    code, out, _ = command(*words, "--format", "json")
    assert code == 0
    assert json.loads(out)["gradient"] == pytest.approx({"x": 3.0, "y": 2.0})


@pytest.mark.parametrize("text", ["-x^2", "-h*x", "-o", "-x"])
def test_a_function_may_begin_with_a_minus(command, text):
    code, out, _ = command("trace", text, "x=3", "h=1", "o=1", "--format", "json")
    assert code == 0
    assert json.loads(out)["text"] == text


def test_seeds(command):
    words = ["trace", "[x*y, x + y]", "x=2", "y=3", "--format", "json"]
    _, out, _ = command(*words, "--seed", "y", "--seed", "f2=0.5")
    assert json.loads(out)["seed"] == {
        "tangent": {"x": 0.0, "y": 1.0},
        "adjoint": {"f1": 0.0, "f2": 0.5},
    }


def test_sharing_can_be_switched_off(command):
    text = "(sin(x1/x2) + x1/x2 - exp(x2)) * (x1/x2 - exp(x2))"
    counts = []
    for option in ([], ["--no-share"]):
        _, out, _ = command("trace", text, "--at", "1.5,0.5", "--format", "json", *option)
        counts.append(len(json.loads(out)["rows"]))
    assert counts == [7, 10]


def test_exact_values(command):
    _, out, _ = command("trace", "sin(x)", "x=pi/3", "--exact")
    assert "sqrt(3)/2" in out


def test_code_modes(command):
    assert "def f_adjoint(x, y, f_bar=1.0):" in command("code", "x*y")[1]
    assert "def f_tangent(" in command("code", "x*y", "--mode", "forward")[1]
    assert "def f(x, y):" in command("code", "x*y", "--mode", "primal")[1]


def test_compare_one_of_several_outputs(command):
    _, out, _ = command("compare", "[x*y, x/y]", "x=1", "y=2", "--of", "f2", "--format", "json")
    assert json.loads(out)["output"] == "f2"


def test_a_file_and_an_output_file(command, tmp_path):
    source, target = tmp_path / "f.txt", tmp_path / "trace.tex"
    source.write_text("a = x*x\nb = sin(a)\n", "utf-8")
    words = ["trace", "--file", str(source), "x=2", "--format", "latex", "--standalone"]
    code, out, err = command(*words, "--output", str(target))
    assert (code, out, err) == (0, "", "")
    written = target.read_text("utf-8")
    assert written.startswith(r"\documentclass")
    assert written.rstrip().endswith(r"\end{document}")


def test_standard_input():
    done = run("trace", "-", "x=3", "--format", "json", stdin="a = x^2\nb = a + 1\n")
    assert done.returncode == 0
    assert json.loads(done.stdout)["gradient"] == {"x": 6.0}


def test_the_caret_stands_under_the_character(command):
    code, out, err = command("trace", "x*y + sin(x", "x=1", "y=2")
    assert (code, out) == (2, "")
    lines = err.splitlines()
    shown = next(i for i, line in enumerate(lines) if line.strip() == "x*y + sin(x")
    assert set(lines[shown + 1].strip()) == {"^"}


def test_the_caret_in_a_later_line_behind_wide_characters(command):
    _, _, err = command("trace", "a = x\nb = 数 + $", "x=1", "数=2")
    lines = err.splitlines()
    assert lines[2] == "  b = 数 + $"
    assert lines[3] == "  " + " " * len("b = 数 + ") + " ^"


def test_a_missing_value_says_where_and_how(command):
    code, _, err = command("trace", "x*y", "x=1")
    assert code == 2
    assert err == "adexplain: `y` has no value.\n\n  x*y\n    ^\n  Give it one: y=1.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["trace"], "There is no function."),
        (["trace", "x", "x=1", "x=2"], "The value of x is given twice."),
        (["trace", "x", "x=1", "y"], "`y` gives no variable a value."),
        (["trace", "x", "x="], "x has no value."),
        (["trace", "y - x", "--at", "1,2"], "It is not clear which value belongs to which input"),
        (["trace", "x", "x=two"], "The value of x contains the variable"),
        (["trace", "x", "x=1", "--seed", "z"], "The seed names `z`."),
        (["trace", "x", "x=1", "--mode", "sideways"], "Argument --mode: invalid choice"),
        (["trace", "x", "x=1", "--format", "pdf"], "Argument --format: invalid choice"),
        (["trace", "x", "x=1", "--colour"], "There is no option --colour."),
        (["trace", "--file", "/no/such/file"], "/no/such/file cannot be read: No such file"),
        (["trace", "--file", "a\0b"], "is not UTF-8 text"),
        (["trace", "x", "x=1", "--output", "/no/such/dir/f"], "/no/such/dir/f cannot be written"),
        (["compare", "x", "x=1", "--of", "g"], "There is no output"),
        (["code", "x", "x=1"], "`x=1` is one word too many."),
        (["serve", "now"], "`now` is one word too many."),
        (["serve", "--port", "99999"], "99999 is no port"),
        (["serve", "--port", "x"], "x is no port"),
        (["dance"], "invalid choice: 'dance'"),
    ],
)
def test_input_errors_are_sentences(command, words, message):
    code, out, err = command(*words)
    assert code == 2
    assert message in err
    assert not out
    assert "Traceback" not in err


def test_an_input_error_as_json(command):
    code, out, err = command("trace", "x + * y", "--format", "json")
    assert (code, err) == (2, "")
    error = json.loads(out)["error"]
    assert set(error) == {"message", "start", "end", "hint"}
    assert error["start"] == 4
    assert command("trace", "x", "--mode", "no", "--format=json")[0] == 2


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "x.__class__",
        "1e999999",
        "(" * 10_000,
        "x" * 100_000,
        "\x1b[2J\x07",
        "\0",
        "\ud800",
        "",
        " ",
        "\\frac{1}{2}",
        "🙂",
    ],
)
def test_hostile_input(command, text):
    start = time.perf_counter()
    code, out, err = command("trace", text, "x=1")
    assert time.perf_counter() - start < 2
    assert code == 2
    assert not out
    assert len(err) < 1500
    assert "Traceback" not in err
    assert "\x1b" not in err


def test_a_file_that_is_no_text(tmp_path, command):
    path = tmp_path / "noise"
    path.write_bytes(b"\xff\xfe\x00x")
    assert command("trace", "--file", str(path))[0] == 2
    done = subprocess.run(
        [sys.executable, "-m", "adexplain", "trace", "-"],
        input=b"\xff\xfe",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Standard input is not UTF-8 text." in done.stderr


def test_help_has_examples_for_every_command(capsys):
    for name in EXAMPLES:
        with pytest.raises(SystemExit) as stopped:
            main([name, "--help"] if name else ["--help"])
        assert stopped.value.code == 0
        shown = capsys.readouterr().out
        assert f"adexplain {name}".rstrip() in shown
        assert "examples:" in shown


@pytest.mark.slow
def test_the_examples_of_the_help_work(command, tmp_path, monkeypatch):
    import shlex

    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.txt").write_text("w^2")
    work = "function: x*y + sin(x)\nat: x=1, y=2\nwork:\nv1' = x'*y + x*y'\n"
    (tmp_path / "mine.txt").write_text(work)
    (tmp_path / "mine.csv").write_text("row,value\nv1,0.69315\nv2,10\n")
    examples = [line.strip() for text in EXAMPLES.values() for line in text.splitlines()]
    tried = 0
    for example in examples:
        if not example.startswith("adexplain ") or "serve" in example or "COMMAND" in example:
            continue
        code, _, err = command(*shlex.split(example)[1:])
        assert (code, err) == (0, ""), example
        tried += 1
    assert tried >= 10


def test_version_and_no_command(command, capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"adexplain {__version__}\n"
    code, out, _ = command()
    assert code == 0
    assert "usage: adexplain" in out


def test_a_fault_of_ours_is_told_without_a_traceback(command, monkeypatch):
    monkeypatch.setattr("adexplain.cli.main.parse", lambda *args, **options: 1 / 0)
    code, out, err = command("trace", "x", "x=1")
    assert (code, out) == (1, "")
    assert err.startswith("adexplain: Something went wrong in adexplain itself (ZeroDivisionError")


def test_interruption(command, monkeypatch):
    def interrupt(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("adexplain.cli.main.parse", interrupt)
    assert command("trace", "x", "x=1") == (130, "", "")


def test_splitting_at_commas_outside_brackets():
    assert list(split("x=log(8, 2), y=[1,2],z")) == ["x=log(8, 2)", "y=[1,2]", "z"]


def test_a_step_that_does_not_exist(command):
    code, _, err = command("trace", *BAYDIN, "--step", "99")
    assert code == 2
    assert "There is no step 99" in err
    assert "19" in err
    assert command("trace", *BAYDIN, "--step", "3")[0] == 0
    assert command("trace", *BAYDIN, "--step", "x")[0] == 2
