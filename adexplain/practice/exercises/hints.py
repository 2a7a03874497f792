"""Hints for an answer that is not right yet: first where to look, then the rules to use.

They hold rules and seeds; the numbers are for the student to put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import ContributionRow, Row
from adexplain.practice.exercises.asking import Blank
from adexplain.practice.exercises.branches import branch
from adexplain.practice.exercises.making import Exercise
from adexplain.program import CONSTANT
from adexplain.typeset.formulas import name_latex


def hints(exercise: Exercise, missed: Sequence[Blank], number: int) -> list[str]:
    """The first or the second hint for what is wrong, with formulas between dollar signs."""
    explanation = exercise.explanation()
    if number == 1:
        return list(dict.fromkeys(_where(exercise, explanation, blank) for blank in missed))
    found = [_rules(explanation, blank) for blank in missed if blank.what not in _BACKWARDS]
    back = [blank for blank in missed if blank.what in _BACKWARDS]
    for output in dict.fromkeys(blank.of if blank.what == "partial" else "" for blank in back):
        asked = [blank for blank in back if output in ("", blank.of)]
        found.append(_rules_of_adjoints(exercise, explanation, asked))
    return list(dict.fromkeys(found))


_BACKWARDS = ("partial", "adjoint")
"""What the adjoint sweep finds."""


def _where(exercise: Exercise, explanation: Explanation, blank: Blank) -> str:
    """Which rows to look at."""
    if blank.what in ("left", "right"):
        name = name_latex(next(iter(exercise.at)))
        return (
            f"On either side of the kink only one branch is taken: for ${name}$ a little smaller, "
            f"and for ${name}$ a little larger, write the function without the kink, and "
            "differentiate that."
        )
    if blank.what == "value":
        row = _row(explanation, blank.of)
        return f"${name_latex(row.name)} = {row.latex}$: use the values above it."
    return (_where_tangent if blank.what == "tangent" else _where_adjoint)(explanation, blank)


def _rules(explanation: Explanation, blank: Blank) -> str:
    """The rules of one answer."""
    if blank.what in ("left", "right"):
        return branch(explanation, blank.what)
    row = _row(explanation, blank.of)
    if blank.what == "value":
        return _put_in(explanation, row)
    last = next(k for k, each in enumerate(explanation.rows) if each.name == row.name)
    rules = [
        f"${name_latex(each.name, 'dot')} = {each.tangent_latex}$"
        for each in explanation.rows[: last + 1]
    ]
    if blank.of != row.name:
        rules.append(f"${name_latex(blank.of, 'dot')} = {name_latex(row.name, 'dot')}$")
    return f"The rules, row by row: {', '.join(rules)}."


def _row(explanation: Explanation, name: str) -> Row:
    """The row of a name; an output has that of its row."""
    held = next((item.row for item in explanation.outputs if item.name == name), name)
    return next(row for row in explanation.rows if row.name in (name, held))


def _put_in(explanation: Explanation, row: Row) -> str:
    """The values that a row reads."""
    program = explanation.program
    slot = program.names.index(row.name)
    exact = {item.name: item.exact for item in explanation.inputs}
    exact |= {item.name: item.exact for item in explanation.rows}
    read = dict.fromkeys(program.args[slot])
    names = [program.names[arg] for arg in read if program.ops[arg] is not CONSTANT]
    held = [f"${name_latex(name)} = {(exact[name] or {})['value_latex']}$" for name in names]
    return f"Put in {_listed(held)}."


def _where_tangent(explanation: Explanation, blank: Blank) -> str:
    row = _row(explanation, blank.of)
    program = explanation.program
    moving = [program.names[arg] for arg in explanation.trace.edges[program.names.index(row.name)]]
    reads = _listed([f"${name_latex(name)}$" for name in dict.fromkeys(moving)])
    terms = "is a partial derivative times a tangent"
    if len(moving) > 1:
        terms = (
            f"has {len(moving)} terms, which are added, each a partial derivative times a tangent"
        )
    return (
        f"Go down row by row, from the tangents you are given. ${name_latex(row.name)}$ comes from "
        f"{reads}: its tangent {terms}."
    )


def _where_adjoint(explanation: Explanation, blank: Blank) -> str:
    """Which rows use a name, and how many contributions there are."""
    name = name_latex(blank.by or blank.of)
    bar = name_latex(blank.by or blank.of, "bar")
    users = [item for item in explanation.contributions if item.into == (blank.by or blank.of)]
    rows = _listed(list(dict.fromkeys(f"${name_latex(item.out_of)}$" for item in users)))
    if not users:
        return f"Nothing uses ${name}$ but the output: ${bar}$ is its seed."
    if len(users) == 1:
        return (
            f"${name}$ is used once, by {rows}, which passes on its adjoint times its partial "
            f"derivative by ${name}$. Go up row by row, from the output."
        )
    times = "twice" if len(users) == 2 else f"{len(users)} times"
    return (
        f"${name}$ is used {times}, by {rows}: ${bar}$ is a sum of {len(users)} contributions, "
        "each an adjoint times a partial derivative."
    )


def _rules_of_adjoints(exercise: Exercise, explanation: Explanation, asked: Sequence[Blank]) -> str:
    """The rules of all answers that one adjoint sweep finds."""
    seeds = exercise.bar
    if asked[0].what == "partial":
        seeds = {name: int(name == asked[0].of) for name in exercise.bar}
    begun = [
        f"${name_latex(item.row, 'bar')} = {seeds[item.name]}$" for item in explanation.outputs
    ]
    sums = _sums(explanation, {blank.by or blank.of for blank in asked})
    ends = [
        f"${blank.latex} = {name_latex(blank.by, 'bar')}$"
        for blank in asked
        if blank.what == "partial"
    ]
    return f"The rules, from the output up: {', '.join([*begun, *sums, *ends])}."


def _sums(explanation: Explanation, names: set[str]) -> Iterator[str]:
    """The adjoints on the way up to some names, each the sum of its contributions."""
    needed, terms = set(names), dict[str, list[str]]()
    for item in reversed(explanation.contributions):
        if item.into in needed:
            needed.add(item.out_of)
            terms.setdefault(item.into, []).insert(0, _term(explanation, item))
    seeded = {item.row for item in explanation.outputs}
    for into in reversed(terms):
        sign = r"\mathrel{{+}{=}}" if into in seeded else "="
        yield f"${name_latex(into, 'bar')} {sign} {_sum(terms[into])}$"


def _term(explanation: Explanation, item: ContributionRow) -> str:
    """A contribution; of max and min, whose rule says less than it hides, the branch alone."""
    program = explanation.program
    if program.ops[program.names.index(item.out_of)] in ("max", "min"):
        return rf"{name_latex(item.out_of, 'bar')} \cdot {item.partial_value:g}"
    return item.latex or ""


def _sum(terms: Sequence[str]) -> str:
    return "".join(
        term if not place or term.lstrip().startswith("-") else f" + {term}"
        for place, term in enumerate(terms)
    )


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
