"""Two hints for wrong answers to an exercise: where to look, then the rules to use.

They give rules and seeds; the student inserts the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import ContributionRow, Row
from adexplain.practice.exercises.branches import branch
from adexplain.practice.exercises.make_exercise import Exercise
from adexplain.practice.exercises.questions import Blank
from adexplain.program import CONSTANT
from adexplain.typeset.formulas import name_latex


def hints(exercise: Exercise, wrong_blanks: Sequence[Blank], number: int) -> list[str]:
    """The first or the second hint for wrong answers, with formulas between dollar signs."""
    explanation = exercise.explanation()
    if number == 1:
        return list(
            dict.fromkeys(_where_to_look(exercise, explanation, blank) for blank in wrong_blanks)
        )
    found = [
        _rules(explanation, blank)
        for blank in wrong_blanks
        if blank.quantity not in _ADJOINT_QUANTITIES
    ]
    adjoint_blanks = [blank for blank in wrong_blanks if blank.quantity in _ADJOINT_QUANTITIES]
    for output in dict.fromkeys(
        blank.of if blank.quantity == "partial" else "" for blank in adjoint_blanks
    ):
        blanks = [blank for blank in adjoint_blanks if output in ("", blank.of)]
        found.append(_adjoint_rules(exercise, explanation, blanks))
    return list(dict.fromkeys(found))


_ADJOINT_QUANTITIES = ("partial", "adjoint")
"""The quantities that the adjoint sweep computes."""


def _where_to_look(exercise: Exercise, explanation: Explanation, blank: Blank) -> str:
    """The rows to look at for an answer."""
    if blank.quantity in ("left", "right"):
        name = name_latex(next(iter(exercise.at)))
        return (
            f"On either side of the kink only one branch is taken: for ${name}$ a little smaller, "
            f"and for ${name}$ a little larger, write the function without the kink, and "
            "differentiate that."
        )
    if blank.quantity == "value":
        row = _row(explanation, blank.of)
        return f"${name_latex(row.name)} = {row.latex}$: use the values above it."
    return (
        _where_to_look_for_tangent if blank.quantity == "tangent" else _where_to_look_for_adjoint
    )(explanation, blank)


def _rules(explanation: Explanation, blank: Blank) -> str:
    """The rules that give an answer of the forward sweep."""
    if blank.quantity in ("left", "right"):
        return branch(explanation, blank.quantity)
    row = _row(explanation, blank.of)
    if blank.quantity == "value":
        return _values_to_insert(explanation, row)
    last = next(k for k, each in enumerate(explanation.rows) if each.name == row.name)
    rules = [
        f"${name_latex(each.name, 'dot')} = {each.tangent_latex}$"
        for each in explanation.rows[: last + 1]
    ]
    if blank.of != row.name:
        rules.append(f"${name_latex(blank.of, 'dot')} = {name_latex(row.name, 'dot')}$")
    return f"The rules, row by row: {', '.join(rules)}."


def _row(explanation: Explanation, name: str) -> Row:
    """The row of a name; for the name of an output, the row that computes it."""
    row_name = next((item.row for item in explanation.outputs if item.name == name), name)
    return next(row for row in explanation.rows if row.name in (name, row_name))


def _values_to_insert(explanation: Explanation, row: Row) -> str:
    """The values that a row uses."""
    program = explanation.program
    slot = program.names.index(row.name)
    exact = {item.name: item.exact for item in explanation.inputs}
    exact |= {item.name: item.exact for item in explanation.rows}
    read = dict.fromkeys(program.args[slot])
    names = [program.names[arg] for arg in read if program.ops[arg] is not CONSTANT]
    values = [f"${name_latex(name)} = {(exact[name] or {})['value_latex']}$" for name in names]
    return f"Put in {_joined(values)}."


def _where_to_look_for_tangent(explanation: Explanation, blank: Blank) -> str:
    row = _row(explanation, blank.of)
    program = explanation.program
    args = [program.names[arg] for arg in explanation.trace.edges[program.names.index(row.name)]]
    reads = _joined([f"${name_latex(name)}$" for name in dict.fromkeys(args)])
    terms = "is a partial derivative times a tangent"
    if len(args) > 1:
        terms = f"has {len(args)} terms, which are added, each a partial derivative times a tangent"
    return (
        f"Go down row by row, from the tangents you are given. ${name_latex(row.name)}$ comes from "
        f"{reads}: its tangent {terms}."
    )


def _where_to_look_for_adjoint(explanation: Explanation, blank: Blank) -> str:
    """The rows that use a name, and the number of contributions to its adjoint."""
    name = name_latex(blank.by or blank.of)
    bar = name_latex(blank.by or blank.of, "bar")
    users = [item for item in explanation.contributions if item.into == (blank.by or blank.of)]
    rows = _joined(list(dict.fromkeys(f"${name_latex(item.out_of)}$" for item in users)))
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


def _adjoint_rules(exercise: Exercise, explanation: Explanation, blanks: Sequence[Blank]) -> str:
    """The rules for all answers that one adjoint sweep computes."""
    seeds = exercise.bar
    if blanks[0].quantity == "partial":
        seeds = {name: int(name == blanks[0].of) for name in exercise.bar}
    seed_rules = [
        f"${name_latex(item.row, 'bar')} = {seeds[item.name]}$" for item in explanation.outputs
    ]
    sums = _adjoint_sums(explanation, {blank.by or blank.of for blank in blanks})
    partials = [
        f"${blank.latex} = {name_latex(blank.by, 'bar')}$"
        for blank in blanks
        if blank.quantity == "partial"
    ]
    return f"The rules, from the output up: {', '.join([*seed_rules, *sums, *partials])}."


def _adjoint_sums(explanation: Explanation, names: set[str]) -> Iterator[str]:
    """The adjoints needed for those of some names, each as the sum of its contributions."""
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
    """A contribution; for max and min with the value of the partial, as their rule is unclear."""
    program = explanation.program
    if program.ops[program.names.index(item.out_of)] in ("max", "min"):
        return rf"{name_latex(item.out_of, 'bar')} \cdot {item.partial_value:g}"
    return item.latex or ""


def _sum(terms: Sequence[str]) -> str:
    return "".join(
        term if not place or term.lstrip().startswith("-") else f" + {term}"
        for place, term in enumerate(terms)
    )


def _joined(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
