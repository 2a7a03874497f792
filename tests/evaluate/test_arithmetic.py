"""A number type finds its functions by one rule; so a new row of the table needs no edit in it."""

import cmath
import dataclasses

import mpmath
import pytest
import sympy

from adexplain.comparison import complex_step
from adexplain.evaluate import arithmetic as arithmetics
from adexplain.evaluate import high_precision, sympy_forms
from adexplain.evaluate.arithmetic import NoFormError
from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.exact_numbers import Exact
from adexplain.primitives.primitive import PRIMITIVES


def add_row(monkeypatch, name, exact):
    """A row of the table, for this test alone, that no number type has heard of."""
    row = dataclasses.replace(
        PRIMITIVES["cbrt"], name=name, spellings=(name,), value=f"{name}(a)", exact=exact
    )
    monkeypatch.setitem(PRIMITIVES, name, row)


def test_a_new_row_with_a_formula_works_in_every_number_type(monkeypatch):
    add_row(monkeypatch, "damped", "where(a > 0, a, -a) * sqrt(a * a)")
    add_row(monkeypatch, "gentle", "sqrt(a * a) / exp(a - a)")
    arithmetics.read_exact.cache_clear()
    assert high_precision.arithmetic().functions["damped"](mpmath.mpf(-3)) == 9
    assert sympy_forms.exact_numbers().functions["damped"](sympy.Rational(-1, 2)) == sympy.Rational(
        1, 4
    )
    assert EXACT.numbers.functions["damped"](Exact.of(-3)) == Exact.of(9)
    assert cmath.isclose(complex_step.arithmetic().functions["gentle"](3 + 1e-20j), 3 + 1e-20j)


def test_a_row_without_any_form_is_refused(monkeypatch):
    add_row(monkeypatch, "mystery", "mystery(a)")
    with pytest.raises(NoFormError, match="mystery"):
        EXACT.numbers.functions["mystery"](Exact.of(1))
    assert mpmath.isnan(high_precision.arithmetic().functions["mystery"](mpmath.mpf(1)))


def test_what_is_not_analytic_follows_from_the_row():
    refused = {name for name in PRIMITIVES if not complex_step.is_analytic(name)}
    conditions = {name for name, row in PRIMITIVES.items() if row.is_condition}
    assert refused == conditions | {
        *(
            "abs",
            "sign",
            "min",
            "max",
            "share",
            "ties",
            "floor",
            "ceil",
            "round",
            "mod",
            "where",
            "relu",
        )
    }
