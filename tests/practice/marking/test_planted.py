"""Planted mistakes of all kinds are found at their row and called by their name."""

from __future__ import annotations

import pytest

from adexplain.practice.marking import KINDS, check
from adexplain.practice.marking.reading.notation import Atom
from tests.practice.marking.derivations import (
    DERIVATIONS,
    PLANTED,
    Planted,
    carried_out,
    planted,
    primal,
    statements,
)


def name_of(one: Planted) -> str:
    return f"{one.name}-{one.sweep}-{one.new or 'without ' + one.old}"


def test_there_are_enough_of_every_kind_in_both_sweeps() -> None:
    assert len(PLANTED) >= 60
    assert len({one.name for one in PLANTED}) == 10
    assert {one.sweep for one in PLANTED} == {"forward", "reverse"}
    for kind in set(KINDS) - {"other"}:
        assert sum(one.kind == kind for one in PLANTED) >= 5, kind


@pytest.mark.parametrize("one", PLANTED, ids=name_of)
def test_a_mistake_in_a_formula_is_named_at_its_row(one: Planted) -> None:
    derivation = DERIVATIONS[one.name]
    lines, place = planted(one)
    found = check(derivation.f, derivation.at, "\n".join(lines))
    wrong = [(row.line, row.kind) for row in found.rows if row.mark == "wrong"]
    assert wrong == [(place + 1, one.kind)], found.wrong
    assert all(row.says and row.instead for row in found.wrong)


ALIKE = {"assigned-not-accumulated", "contribution-missing"}
"""A column of numbers cannot tell these two apart where one contribution is left of two."""

COUNTED = [one for one in PLANTED if one.kind != "wrong-order"]


@pytest.mark.parametrize("one", COUNTED, ids=name_of)
def test_a_mistake_in_a_column_of_numbers_is_named_and_others_follow(one: Planted) -> None:
    derivation = DERIVATIONS[one.name]
    values = primal(derivation)
    lines, place = planted(one)
    accent = "_dot" if one.sweep == "forward" else "_bar"
    found = carried_out(lines, values)
    names = [name for name in found if name.endswith(accent)]
    if one.sweep == "forward":
        rows = [f"{name} = {found[name]:.9g}" for name in names]
    else:  # as a table has it: from the inputs down to the result
        rows = [f"{name}\t{found[name]:.9g}" for name in reversed(names)]
    wrong_name = lines[place].split(" ")[0].replace("'", "_dot")
    checked = check(derivation.f, derivation.at, "\n".join(rows))
    wrong = {row.target: row.kind for row in checked.rows if row.mark == "wrong"}
    sweep = derivation.forward if one.sweep == "forward" else derivation.reverse
    right = carried_out(statements(sweep), values)
    if abs(found[wrong_name] - right[wrong_name]) < 1e-9 * abs(right[wrong_name]) + 1e-12:
        assert wrong == {}  # the slip changes no number here
        return
    assert len(wrong) == 1, wrong
    ((target, kind),) = wrong.items()
    assert target == Atom(accent[1:], wrong_name.removesuffix(accent)).text
    few = len(f"{abs(found[wrong_name]):.9g}".replace(".", "").lstrip("0")) < 3
    assert kind == one.kind or {kind, one.kind} <= ALIKE or (few and kind == "other"), checked.wrong
    for row in checked.rows:
        assert row.mark != "follows" or row.follows_from is not None


def test_a_row_written_whole_in_the_first_cell_of_a_table_has_its_tangent_in_another() -> None:
    work = (
        "| step | value | tangent |\n|---|---|---|\n| v1 = x*y | 2 | 2 |\n"
        "| v2 = sin(x) | 0.841 | -0.54 |\n| v3 = v1 + v2 | 2.841 | 1.46 |"
    )
    rows = check("x*y + sin(x)", {"x": "1", "y": "2"}, work).rows
    assert [(row.target, row.mark) for row in rows if row.mark in ("wrong", "follows")] == [
        ("v̇2", "wrong"),
        ("v̇3", "follows"),
    ]
    assert next(row.kind for row in rows if row.mark == "wrong") == "wrong-sign"
