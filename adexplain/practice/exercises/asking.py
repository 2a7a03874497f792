"""What an exercise asks for, in words, and the exact numbers that answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from adexplain.practice.exercises.drawing import value_of
from adexplain.program import Program
from adexplain.typeset.formulas import name_latex, name_text

Say = Callable[[str, str], str]
"""A name, plain or with the accent "dot" or "bar", as it is written in a sentence."""

KINDS = {
    "gradient": "reverse",
    "jacobian": "reverse",
    "adjoint": "reverse",
    "tangent": "forward",
    "row": "both",
    "sides": "forward",
}
"""What is asked for → the mode in which it is found."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One number that is asked for.

    Attributes:
        what: value, tangent, adjoint, partial, left or right.
        of: the row, input or output it belongs to.
        by: of a partial, the input.
        latex, label: how it is called, as LaTeX and as text.
        text: the answer as one types it, such as ``sqrt(3)/2``.
        form: the answer as LaTeX.
        value: the answer as a number.
    """

    what: str
    of: str
    by: str
    latex: str
    label: str
    text: str
    form: str
    value: float


Wanted = tuple[str, str, str]
"""Of a blank: what, of and by."""


def labels(what: str, of: str, by: str) -> tuple[str, str]:
    """How a blank is called, as LaTeX and as text."""
    if what == "partial":
        return rf"\partial {name_latex(of)} / \partial {name_latex(by)}", f"∂{of}/∂{by}"
    if what in ("left", "right"):
        return rf"\text{{from the {what}}}", f"from the {what}"
    accent = {"value": "", "tangent": "dot", "adjoint": "bar"}[what]
    return name_latex(of, accent), name_text(of, accent)


def wanted(kind: str, program: Program, focus: str) -> list[Wanted]:
    """The blanks of a kind of question."""
    inputs, results = program.input_names, program.output_names
    if kind in ("gradient", "jacobian"):
        return [("partial", output, name) for output in results for name in inputs]
    if kind == "sides":
        return [("left", results[0], inputs[0]), ("right", results[0], inputs[0])]
    if kind == "tangent":
        return [("tangent", name, "") for name in results]
    if kind == "adjoint":
        return [("adjoint", name, "") for name in ([focus] if focus else inputs)]
    return [(what, focus, "") for what in ("value", "tangent", "adjoint")]


def plain(name: str, accent: str = "") -> str:
    """A name in a sentence of plain text."""
    return name_text(name, accent)


def typeset(name: str, accent: str = "") -> str:
    """A name in a sentence with formulas between dollar signs."""
    return f"${name_latex(name, accent)}$"


@dataclass(frozen=True, slots=True)
class Words:
    """What a question says."""

    kind: str
    at: Mapping[str, str]
    tangent: Mapping[str, int]
    bar: Mapping[str, int]
    results: Sequence[str]
    focus: str

    def sentence(self, tex: bool) -> str:
        """The question, as text or with formulas between dollar signs."""
        say = typeset if tex else plain
        point = _listed([_is(say(name, ""), _number(text, tex)) for name, text in self.at.items()])
        given = {"dot": self.tangent, "bar": self.bar}
        seeds = {
            accent: _listed([_is(say(name, accent), str(by)) for name, by in weights.items()])
            for accent, weights in given.items()
        }
        result = _listed([say(name, "") for name in self.results])
        focus = say(self.focus, "") if self.focus else ""
        if self.kind == "gradient":
            what = "derivative" if len(self.at) == 1 else "gradient"
            return f"Find the {what} of {result} at {point}."
        if self.kind == "jacobian":
            return f"Find the Jacobian of {result} at {point}."
        if self.kind == "tangent":
            dots = _listed([say(name, "dot") for name in self.results])
            several = "tangents" if len(self.results) > 1 else "tangent"
            return f"Find the {several} {dots} at {point} along {seeds['dot']}."
        if self.kind == "adjoint":
            names = [self.focus] if self.focus else list(self.at)
            bars = _listed([say(name, "bar") for name in names])
            several = "adjoints" if len(names) > 1 else "adjoint"
            return f"Find the {several} {bars} at {point}, with {seeds['bar']}."
        if self.kind == "row":
            return (
                f"Fill in the row {focus} at {point}: its value, its tangent along {seeds['dot']}, "
                f"and its adjoint with {seeds['bar']}."
            )
        return (
            f"At {point} the function has a kink. Find its derivative from the left and from the "
            "right."
        )


def _is(name: str, number: str) -> str:
    return f"{name[:-1]} = {number}$" if name.endswith("$") else f"{name} = {number}"


def _number(text: str, tex: bool) -> str:
    return value_of(text).latex if tex else text


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
