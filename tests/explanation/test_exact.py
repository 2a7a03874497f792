"""Exact mode knows every function of the table, or shows no number, in every door."""

import math
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

import adexplain as ad
from adexplain.cli.main import main
from adexplain.evaluate.exact_trace import exact_trace, typed_values
from adexplain.language import parse
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.server import create_app

POINTS = ("1/3", "2", "0", "-3/2")


def call(name):
    """A call of a primitive, and its inputs."""
    primitive = PRIMITIVES[name]
    count = 2 if primitive.variadic else primitive.arity
    names = ("x", "y", "z")[:count]
    operands = [f"({name})" for name in names]
    if primitive.symbol:
        sign = f" {primitive.symbol} "
        return sign.join(["", *operands] if count == 1 else operands).strip(), names
    return f"{primitive.spellings[0]}({', '.join(names)})", names


NAMES = list(PRIMITIVES)
CALLS = [call(name) for name in NAMES]


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


@pytest.mark.parametrize(("text", "names"), CALLS, ids=NAMES)
def test_each_exact_number_is_the_one_of_the_trace(text, names):
    program = parse(text)
    for shift in range(len(POINTS)):
        at = {name: POINTS[(shift + k) % len(POINTS)] for k, name in enumerate(names)}
        plain = ad.explain(text, at)
        seeds = (plain.tangent_seed, plain.adjoint_seed)
        values = plain.trace.values
        found = exact_trace(program, typed_values(program, at), values, seeds)
        for slot in (*program.inputs, *program.rows):
            for kind in ("value", "tangent", "adjoint"):
                true = getattr(plain.trace, f"{kind}s")[slot]
                exact = found.slots[slot].get(kind)
                if exact is not None and true is not None and math.isfinite(true):
                    assert number(exact) == pytest.approx(true, rel=1e-9, abs=1e-12), (at, kind)


def number(text):
    import sympy

    return float(sympy.sympify(text))


def test_cbrt_has_exact_numbers_in_the_library():
    trace = ad.explain("cbrt(x)", {"x": 8}, exact=True)
    assert trace.warnings == []
    assert trace.rows[0].exact["value"] == "2"
    assert trace.rows[0].exact["tangent"] == "1/12"


@pytest.mark.parametrize(("text", "names"), CALLS, ids=NAMES)
def test_no_door_fails_in_exact_mode(text, names, client, capsys):
    at = dict.fromkeys(names, "1/3")
    query = urlencode({"f": text, "exact": "1", **at})
    assert client.get(f"/?{query}").status_code == 200
    body = {"f": text, "at": at, "exact": True}
    assert client.post("/api/explain", json=body).status_code == 200
    assert main(["trace", text, *(f"{name}={value}" for name, value in at.items()), "--exact"]) == 0
    assert text[0] in capsys.readouterr().out
