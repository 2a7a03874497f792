"""The question of an exercise in words, and the blanks to fill in with their exact answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from adexplain.practice.exercises.random_choice import value_of
from adexplain.program import Program
from adexplain.typeset.formulas import name_latex, name_text

NameWriter = Callable[[str, str], str]
"""Writes a name, plain or with the accent "dot" or "bar", in a sentence."""

KINDS = {
    "gradient": "reverse",
    "jacobian": "reverse",
    "adjoint": "reverse",
    "tangent": "forward",
    "row": "both",
    "sides": "forward",
}
"""Kind of question → the mode of AD that answers it."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One number to fill in.

    Attributes:
        quantity: value, tangent, adjoint, partial, left or right.
        of: the row, input or output it belongs to.
        by: of a partial, the input.
        latex, label: the name of the number, as LaTeX and as text.
        answer_text: the answer as one types it, such as ``sqrt(3)/2``.
        answer_latex: the answer as LaTeX.
        value: the answer as a float.
    """

    quantity: str
    of: str
    by: str
    latex: str
    label: str
    answer_text: str
    answer_latex: str
    value: float


BlankKey = tuple[str, str, str]
"""``quantity``, ``of`` and ``by`` of a blank."""


def blank_labels(quantity: str, of: str, by: str) -> tuple[str, str]:
    """The name of a blank, as LaTeX and as text."""
    if quantity == "partial":
        return rf"\partial {name_latex(of)} / \partial {name_latex(by)}", f"∂{of}/∂{by}"
    if quantity in ("left", "right"):
        return rf"\text{{from the {quantity}}}", f"from the {quantity}"
    accent = {"value": "", "tangent": "dot", "adjoint": "bar"}[quantity]
    return name_latex(of, accent), name_text(of, accent)


def blank_keys(kind: str, program: Program, focus: str) -> list[BlankKey]:
    """The blanks of a kind of question; ``focus`` is the row it is about, or ""."""
    inputs, outputs = program.input_names, program.output_names
    if kind in ("gradient", "jacobian"):
        return [("partial", output, name) for output in outputs for name in inputs]
    if kind == "sides":
        return [("left", outputs[0], inputs[0]), ("right", outputs[0], inputs[0])]
    if kind == "tangent":
        return [("tangent", name, "") for name in outputs]
    if kind == "adjoint":
        return [("adjoint", name, "") for name in ([focus] if focus else inputs)]
    return [(quantity, focus, "") for quantity in ("value", "tangent", "adjoint")]


def plain_name(name: str, accent: str = "") -> str:
    """A name as plain text."""
    return name_text(name, accent)


def typeset_name(name: str, accent: str = "") -> str:
    """A name as a formula between dollar signs."""
    return f"${name_latex(name, accent)}$"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the sentence of a question is made of."""

    kind: str
    at: Mapping[str, str]
    tangent: Mapping[str, int]
    bar: Mapping[str, int]
    outputs: Sequence[str]
    focus: str

    def sentence(self, tex: bool) -> str:
        """The question, as text or with formulas between dollar signs."""
        write = typeset_name if tex else plain_name
        point = _joined(
            [_equation(write(name, ""), _number_text(text, tex)) for name, text in self.at.items()]
        )
        given = {"dot": self.tangent, "bar": self.bar}
        seeds = {
            accent: _joined(
                [_equation(write(name, accent), str(by)) for name, by in weights.items()]
            )
            for accent, weights in given.items()
        }
        output_names = _joined([write(name, "") for name in self.outputs])
        focus = write(self.focus, "") if self.focus else ""
        if self.kind == "gradient":
            what = "derivative" if len(self.at) == 1 else "gradient"
            return f"Find the {what} of {output_names} at {point}."
        if self.kind == "jacobian":
            return f"Find the Jacobian of {output_names} at {point}."
        if self.kind == "tangent":
            dots = _joined([write(name, "dot") for name in self.outputs])
            several = "tangents" if len(self.outputs) > 1 else "tangent"
            return f"Find the {several} {dots} at {point} along {seeds['dot']}."
        if self.kind == "adjoint":
            names = [self.focus] if self.focus else list(self.at)
            bars = _joined([write(name, "bar") for name in names])
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


def _equation(name: str, number: str) -> str:
    return f"{name[:-1]} = {number}$" if name.endswith("$") else f"{name} = {number}"


def _number_text(text: str, tex: bool) -> str:
    return value_of(text).latex if tex else text


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
