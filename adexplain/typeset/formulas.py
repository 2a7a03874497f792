r"""Names, operations and rules as LaTeX, from the ``latex`` column of the table.

The page (as MathML), the LaTeX export and notebooks all use it, so it keeps to commands that all of
them support.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from adexplain.primitives.primitive import FUNCTION, PRIMITIVES, parameters
from adexplain.program import CONSTANT, INPUT, Constant, Program

GREEK = {
    "alpha": "α", "beta": "β", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "omega": "ω", "pi": "π",
}  # fmt: skip
_LETTERS = {character: name for name, character in GREEK.items()} | {"µ": "mu"}
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_NEGATIVE = re.compile(r"-[\d.]+")
"""A negative number, which needs no parentheses as the first factor of a product: −2x."""
_SLOT = re.compile(r"\{(a|b|c|\.\.\.)(?::(\w+))?\}")

ATOM, POWER, FRACTION, PRODUCT, SUM, SIGN = 100, 90, 85, 60, 50, 45
"""How tightly printed forms bind; that of an operation stands in its row of the table, behind @."""


class Formula(NamedTuple):
    """A piece of LaTeX and how tightly its outermost sign binds."""

    latex: str
    strength: int = ATOM

    def within(self, strength: int) -> str:
        """The LaTeX, in parentheses where it binds weaker than ``strength``."""
        return self.latex if self.strength >= strength else rf"\left({self.latex}\right)"


def split_name(name: str) -> tuple[str, str]:
    """A name's letter and its subscript: x1, x_1 and x₁ are x with subscript 1."""
    plain = name.translate(_SUBSCRIPTS)
    match = re.fullmatch(r"([^\W\d_]+?)_?(\d+)|([^\W\d_]+)_(\w+)", plain)
    if match is None:
        return plain, ""
    return (match[1], match[2]) if match[1] else (match[3], match[4])


def _letters(text: str) -> str:
    if text in GREEK:
        return rf"\{text}"
    if text in _LETTERS:
        return rf"\{_LETTERS[text]}"
    if len(text) == 1:
        return text
    if text.isdigit():
        return text
    return rf"\mathrm{{{text.replace('_', chr(92) + '_')}}}"


@lru_cache(maxsize=8192)
def name_latex(name: str, accent: str = "") -> str:
    r"""A variable's name: ``x1`` is x_{1}; with ``accent`` dot or bar, \dot{x}_{1}."""
    letters, subscript = split_name(name)
    base = _letters(letters)
    if accent:
        base = rf"\{accent}{{{base}}}"
    return rf"{base}_{{{_letters(subscript)}}}" if subscript else base


_ACCENTS = {"": "", "dot": "\u0307", "bar": "\u0304"}


def name_text(name: str, accent: str = "") -> str:
    """A variable's name as text: v̇1 with ``accent`` dot, v̄1 with bar."""
    return f"{normalize('NFC', name[0] + _ACCENTS[accent])}{name[1:]}" if accent else name


def constant_formula(constant: Constant) -> Formula:
    """A number as it was typed; 1/3 as a fraction, 1e5 as a power of ten."""
    text = constant.text
    if text.startswith("-"):
        return Formula(f"-{constant_formula(constant.negated()).latex}", SIGN)
    if constant.symbol:
        return Formula(r"\pi" if constant.symbol == "pi" else constant.symbol)
    if "/" in text:
        top, bottom = text.split("/")
        return Formula(rf"\frac{{{top}}}{{{bottom}}}", FRACTION)
    mantissa, _, exponent = text.lower().partition("e")
    if exponent:
        power = f"10^{{{int(exponent)}}}"
        return Formula(power if mantissa == "1" else rf"{mantissa} \times {power}", PRODUCT)
    return Formula(text)


def operation(op: str, arguments: Sequence[Formula]) -> Formula:
    """A primitive applied to formulas."""
    primitive = PRIMITIVES[op]
    if op == "mul":
        return _product(arguments[0], arguments[1])
    names = parameters(primitive, len(arguments))
    by_name = dict(zip(names, arguments, strict=True))
    named = primitive.latex.startswith(r"\operatorname")

    def fill(match: re.Match[str]) -> str:
        if match[1] == "...":
            return ", ".join(argument.latex for argument in arguments)
        return _argument(by_name[match[1]], match[2] or "", named)

    latex = _SLOT.sub(fill, primitive.latex)
    if op == "identity":
        return Formula(latex, arguments[0].strength)
    return Formula(latex, primitive.strength)


def _argument(formula: Formula, kind: str, named: bool) -> str:
    if not kind:
        return formula.latex
    if kind == "p" or (kind == "f" and named):
        return rf"\left({formula.latex}\right)"
    if kind == "f":
        return f" {formula.latex}" if formula.strength in (ATOM, FRACTION) else formula.within(ATOM)
    return formula.within(int(kind))


def _product(left: Formula, right: Formula) -> Formula:
    """Two factors side by side, with a dot where they could be misread."""
    negative = _NEGATIVE.fullmatch(left.latex)
    first = left.latex if negative else left.within(PRODUCT)
    second = right.within(PRODUCT + 1)
    unclear = left.strength == FUNCTION or second[0].isdigit() or second.startswith(r"\frac")
    latex = rf"{first} \cdot {second}" if unclear else rf"{first} \, {second}"
    return Formula(latex, SIGN if negative else PRODUCT)


def formulas(
    program: Program, leaf: Callable[[int], Formula], inline: Callable[[int], bool]
) -> dict[int, Formula]:
    """The formula of each slot.

    Args:
        program: what is typeset.
        leaf: the name of a slot that is not inlined.
        inline: whether a row is written out where it is used.
    """
    found: dict[int, Formula] = {}
    for slot, op in enumerate(program.ops):
        if op is CONSTANT:
            found[slot] = constant_formula(program.constants[slot])
        elif op is INPUT or not inline(slot):
            found[slot] = leaf(slot)
        else:
            found[slot] = operation(op, [found[arg] for arg in program.args[slot]])
    return found


def row_latex(program: Program, slot: int) -> str:
    """One row as textbooks print it in a table: x_{1}/x_{2}, \\sin v_{1}."""
    arguments = [operand(program, arg) for arg in program.args[slot]]
    if program.ops[slot] == "div":  # a fraction on one line, to keep the rows of a table low
        return f"{arguments[0].within(PRODUCT)} / {arguments[1].within(PRODUCT + 1)}"
    return operation(program.ops[slot], arguments).latex


def operand(program: Program, slot: int) -> Formula:
    """A slot by its name or number."""
    if program.ops[slot] is CONSTANT:
        return constant_formula(program.constants[slot])
    return Formula(name_latex(program.names[slot]))


def formula_lines(program: Program, limit: int = 400) -> list[str]:
    """The whole input in LaTeX, a line for each assignment; empty where it is too long."""
    if len(program.rows) > limit:
        return []
    names, labels = program.names, program.labels

    def leaf(slot: int) -> Formula:
        return Formula(name_latex(names[slot]))

    shown = formulas(program, leaf, lambda slot: slot not in labels)
    lines = []
    for slot, given in labels.items():
        whole = operation(program.ops[slot], [shown[arg] for arg in program.args[slot]])
        lines.append(f"{' = '.join(name_latex(name) for name in given)} = {whole.latex}")
    for name, slot in zip(program.output_names, program.outputs, strict=True):
        if name not in labels.get(slot, ()):
            lines.append(f"{name_latex(name)} = {shown[slot].latex}")
    return lines if sum(map(len, lines)) <= 20_000 else []
