"""No false alarm: correct derivations in differing styles are right, up to rounding."""

from __future__ import annotations

import random

import pytest

import adexplain
from adexplain.export.formats import FORMATS, Style
from adexplain.practice.marking import check
from tests.practice.marking.correct import BOOK, CORRECT, B
from tests.practice.marking.correct_styles import STYLES
from tests.practice.marking.derivations import DERIVATIONS, carried_out, primal, statements


def test_there_are_enough_styles() -> None:
    assert len(CORRECT) >= 40
    assert len(STYLES) >= 80


@pytest.mark.parametrize("style", [*CORRECT, *STYLES])
def test_a_correct_derivation_is_right(style: str) -> None:
    f, at, work = {**CORRECT, **STYLES}[style]
    found = check(f, at, work)
    assert found.rows
    assert [row for row in found.rows if row.mark not in ("right", "rounded")] == []


@pytest.mark.parametrize("sweep", ["forward", "reverse"])
@pytest.mark.parametrize("name", DERIVATIONS)
@pytest.mark.parametrize("digits", [0, 3, 5])
def test_a_correct_sweep_is_right_with_any_number_of_digits(
    name: str, sweep: str, digits: int
) -> None:
    derivation = DERIVATIONS[name]
    lines = statements(derivation.forward if sweep == "forward" else derivation.reverse)
    if digits:
        accent = "_dot" if sweep == "forward" else "_bar"
        found = carried_out(lines, primal(derivation))
        lines = [f"{n} = {v:.{digits}g}" for n, v in found.items() if n.endswith(accent)]
    checked = check(derivation.f, derivation.at, "\n".join(lines))
    assert [row for row in checked.rows if row.mark not in ("right", "rounded")] == []
    assert len(checked.rows) == len(lines)


@pytest.mark.parametrize("sweep", ["forward", "reverse"])
@pytest.mark.parametrize("name", DERIVATIONS)
@pytest.mark.parametrize("digits", [3, 4])
def test_numbers_may_be_carried_on_from_rounded_ones(name: str, sweep: str, digits: int) -> None:
    """Also from values that are not written down: they were rounded on another sheet."""
    derivation = DERIVATIONS[name]
    values = carried_out(statements(derivation.f), derivation.at, digits)
    lines = statements(derivation.forward if sweep == "forward" else derivation.reverse)
    found = carried_out(lines, values, digits)
    accent = "_dot" if sweep == "forward" else "_bar"
    work = [f"{n} = {v:.{digits}g}" for n, v in found.items() if n.endswith(accent)]
    checked = check(derivation.f, derivation.at, "\n".join(work))
    assert [row for row in checked.rows if row.mark not in ("right", "rounded")] == []


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_primal_rows_may_come_along_in_any_order(name: str) -> None:
    derivation = DERIVATIONS[name]
    rows = statements(derivation.f)
    random.Random(name).shuffle(rows)
    work = "\n".join([*rows, *statements(derivation.reverse)])
    checked = check(derivation.f, derivation.at, work)
    assert [row for row in checked.rows if row.mark != "right"] == []


@pytest.mark.parametrize("name", ["markdown", "latex", "csv"])
def test_what_the_product_itself_writes_is_right(name: str) -> None:
    view = FORMATS[name].explanation
    assert view
    checked = check(BOOK, B, view(adexplain.explain(BOOK, B), Style()))
    assert [row for row in checked.rows if row.mark not in ("right", "rounded")] == []
    assert len(checked.rows) > 10
