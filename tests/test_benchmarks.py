import ast
import json
import math

import pytest

from adexplain import parse
from adexplain.codegen import compile as compile_function
from benchmarks.__main__ import main
from benchmarks.functions import FUNCTIONS, Function
from benchmarks.measure import compare


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_what_is_written_by_hand_is_the_same_function(function: Function) -> None:
    ast.parse(function.text)
    value, slopes = function.by_hand(*function.point)
    found, gradient = compile_function(function.text)(*function.point)
    assert found == pytest.approx(value, rel=1e-14)
    assert gradient == pytest.approx(slopes, rel=1e-13)
    assert len(parse(function.text).inputs) == len(function.point)


def test_it_runs_and_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--turns", "1"]) == 0
    out = capsys.readouterr().out
    assert "From text to the whole table" in out
    assert "adexplain.compile" in out
    assert all(function.name in out for function in FUNCTIONS)


def test_json_has_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--turns", "1", "--no-peers", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert len(figures["text to table"]) == len(figures["value and gradient"]) == len(FUNCTIONS)


def test_a_contestant_against_itself_is_about_even() -> None:
    first, second = compare([(math.sin, (1.0,)), (math.sin, (1.0,))], 3)
    assert first.ratio == 1.0
    assert second.seconds > 0.0
