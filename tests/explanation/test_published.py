"""Schema 2: arrays with their shapes, and the lines and rounds that rows belong to."""

import json
import math

import jsonschema
import numpy as np
import pytest

import adexplain as ad
from adexplain.errors import InputError
from adexplain.program import Place


@pytest.fixture(scope="module")
def validator():
    schema = ad.Explanation.schema(2)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def with_arrays():
    """An explanation of x*x, as if x were a matrix, in round 3 of a loop in line 7."""
    explanation = ad.explain("x*x", {"x": 2})
    trace, program = explanation.trace, explanation.program
    trace.values = [np.array([[1.0, 2.0], [math.nan, math.inf]]), np.array([1.0, 4.0])]
    program.places = {1: Place(7, (1, 3))}
    return explanation


@pytest.mark.parametrize("text", ["x*y + sin(x)", "[x, y]", "where(x > 0, log(x), y)", "2"])
def test_numbers_are_as_in_schema_1(validator, text):
    at = {"x": -1.0, "y": 2.0}
    explanation = ad.explain(text, at)
    new, old = explanation.to_dict(schema=2), explanation.to_dict()
    validator.validate(new)
    assert new.pop("schema") == ad.Explanation.schema(2)["$id"] != old.pop("schema")
    for record in (*new["inputs"], *new["outputs"], *new["rows"], *new["contributions"]):
        assert record.pop("shape") == []
    for row in new["rows"]:
        assert (row.pop("line"), row.pop("rounds")) == (None, [])
    assert new == old


def test_arrays_lines_and_rounds(validator):
    explanation = with_arrays()
    explanation.__dict__.update(jacobian=[[0.0]], row_statuses={}, partials=[], status={
        "kind": "ok", "row": None, "message": None})  # fmt: skip
    data = explanation.to_dict(schema=2)
    validator.validate(data)
    json.dumps(data, allow_nan=False)
    assert data["inputs"][0]["value"] == [[1.0, 2.0], ["nan", "inf"]]
    assert data["inputs"][0]["shape"] == [2, 2]
    (row,) = data["rows"]
    assert (row["value"], row["shape"], row["line"], row["rounds"]) == ([1, 4], [2], 7, [1, 3])


def test_an_array_is_refused_in_schema_1():
    explanation = with_arrays()
    explanation.__dict__.update(jacobian=[[0.0]], row_statuses={}, partials=[], status={})
    with pytest.raises(InputError) as caught:
        explanation.to_dict()
    assert caught.value.hint == "Ask for schema=2."


def test_there_is_no_schema_3():
    with pytest.raises(InputError, match="no schema 3"):
        ad.explain("x", [1]).to_dict(schema=3)
