"""Every explanation is what the published schema says, and nothing more."""

import json
from pathlib import Path

import jsonschema
import pytest

import adexplain as ad
from adexplain.errors import InputError
from adexplain.paths import folder
from adexplain.program import Program
from adexplain.statuses.status import KINDS

CASES = {
    "baydin": ("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}),
    "assignments": ("a = x*y\nb = sin(a)\nc = a + b", {"x": 1, "y": 2}),
    "outputs": ("[r*cos(t), r*sin(t)]", {"r": 2, "t": "pi/3"}),
    "kink": ("abs(x) + max(x, y)", {"x": 0, "y": 0}),
    "undefined": ("log(x)", {"x": -1}),
    "pole": ("1/x", {"x": 0}),
    "overflow": ("exp(x)", {"x": 1000}),
    "branch": ("where(x > 0, x*log(x), x^2)", {"x": -2}),
    "reading": ("sin 2x + 1/2x", {"x": 1}),
    "constant": ("2 + 3", {}),
    "input": ("x", {"x": 1}),
    "greek": ("α*β_1", {"α": 1, "β_1": 2}),
    "constant output": ("[1, x]", {"x": 1}),
}


@pytest.fixture(scope="module")
def validator():
    schema = ad.Explanation.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("mode", ["both", "forward", "reverse"])
@pytest.mark.parametrize("case", CASES)
def test_explanations_are_as_the_schema_says(validator, case, mode):
    text, at = CASES[case]
    data = ad.explain(text, at, mode=mode).to_dict()
    validator.validate(data)
    json.dumps(data, allow_nan=False)


def test_an_explanation_of_a_derived_program(validator):
    program = ad.parse("x^2*y")
    assert isinstance(program, Program)
    validator.validate(ad.explain(program, [3, 4]).to_dict())


@pytest.mark.slow
def test_a_program_too_long_for_formulas(validator):
    text = "+".join(["x*x"] * 1001)
    data = ad.explain(ad.parse(text, share=False), [1.5]).to_dict()
    validator.validate(data)
    assert data["rows"][0]["latex"] is None


def test_exact_values(validator):
    data = ad.explain("sin(x)^2 + atan(x)", {"x": "pi/3"}, exact=True).to_dict()
    validator.validate(data)
    assert data["rows"][0]["exact"]["value"] == "sqrt(3)/2"


def test_the_examples_of_the_page(validator):
    from adexplain.server.http.examples import GROUPS

    for group in GROUPS.values():
        for example in group:
            validator.validate(ad.explain(example.text, example.at).to_dict())


def test_every_object_of_the_schema_is_closed():
    """A key that the schema does not name is an error, so no key can be undocumented."""

    def objects(part):
        if isinstance(part, dict):
            if "properties" in part and part.get("type") == "object":
                yield part
            for value in part.values():
                yield from objects(value)
        elif isinstance(part, list):
            for value in part:
                yield from objects(value)

    found = list(objects(ad.Explanation.schema()))
    assert len(found) >= 9
    assert all(part["additionalProperties"] is False for part in found)


def test_a_key_too_many_is_refused(validator):
    data = ad.explain("x", [1]).to_dict()
    data["rows"] = [{"surprise": 1}]
    assert not validator.is_valid(data)


def test_the_schema_knows_every_status_and_its_own_name():
    schema = ad.Explanation.schema()
    assert tuple(schema["$defs"]["status"]["enum"]) == KINDS
    assert schema["$id"] == ad.explain("x", [1]).to_dict()["schema"]


def test_an_error_is_as_the_contract_says():
    with pytest.raises(InputError) as caught:
        ad.explain("x + ", [1])
    assert set(caught.value.to_dict()) == {"message", "start", "end", "hint"}


def test_the_schema_is_inside_the_package():
    """What lies in the package's folder is in the wheel."""
    import adexplain

    assert (Path(adexplain.__file__).parent / "schema" / "explanation.json").is_file()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("x*exp(-x^2) + abs(y)", [0.3, 0]),
        ("log(x)", [-1]),
        ("1/x", [0]),
        ("[x*y, x/y]", [1, 2]),
        pytest.param("9**9**9*x", [1], marks=pytest.mark.slow),
        ("2*pi", []),
    ],
)
def test_comparisons_are_as_their_schema_says(text, at):
    schema = json.loads((folder("schema") / "comparison.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = ad.compare(text, at).to_dict()
    jsonschema.Draft202012Validator(schema).validate(data)
    json.dumps(data, allow_nan=False)
