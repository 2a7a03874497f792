"""A hint for an answer that is not right yet: where to look, never what to write."""

from __future__ import annotations

from adexplain.explain import Explanation
from adexplain.typeset import name_latex

from .asking import Blank
from .making import Exercise


def hint(exercise: Exercise, explanation: Explanation, blank: Blank) -> str:
    """A hint with formulas between dollar signs."""
    if blank.what in ("left", "right"):
        side = "smaller" if blank.what == "left" else "larger"
        name = name_latex(next(iter(exercise.at)))
        return (
            f"For ${name}$ a little {side} only one of the two branches is taken: write the "
            "function without the kink there, and differentiate that."
        )
    if blank.what == "value":
        return f"${blank.latex} = {_row(explanation, blank.of).latex}$: use the values above it."
    if blank.what == "tangent":
        row = _row(explanation, blank.of)
        return (
            f"Its rule is ${name_latex(row.name, 'dot')} = {row.tangent_latex}$: "
            "go down row by row, and begin with the tangents you are given."
        )
    return _of_adjoint(explanation, blank)


def _row(explanation: Explanation, name: str) -> _Row:
    """The row of a name; an output has that of its row."""
    held = next((item.row for item in explanation.outputs if item.name == name), name)
    row = next(row for row in explanation.rows if row.name in (name, held))
    return _Row(row.name, row.latex or "", row.tangent_latex or "")


class _Row:
    """What a hint says of a row."""

    def __init__(self, name: str, latex: str, tangent_latex: str) -> None:
        self.name, self.latex, self.tangent_latex = name, latex, tangent_latex


def _of_adjoint(explanation: Explanation, blank: Blank) -> str:
    """Where an adjoint comes from: which rows use it, and how many contributions there are."""
    name = blank.by or blank.of
    bar = name_latex(name, "bar")
    users = [item for item in explanation.contributions if item.into == name]
    rows = list(dict.fromkeys(f"${name_latex(item.out_of)}$" for item in users))
    if not users:
        return f"Nothing uses ${name_latex(name)}$ but the output: ${bar}$ is its seed."
    used = " and ".join(rows) if len(rows) < 3 else f"{', '.join(rows[:-1])} and {rows[-1]}"
    if len(users) == 1:
        passed = "passes on its adjoint times its partial derivative"
        return f"${name_latex(name)}$ is used once, by {used}, which {passed}: ${users[0].latex}$."
    return (
        f"${name_latex(name)}$ is used {len(users)} times, by {used}: ${bar}$ is a sum of "
        f"{len(users)} contributions. The first to arrive is ${users[0].latex}$."
    )
