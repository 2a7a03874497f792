"""Converts LaTeX to MathML, for the formulas of a page."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape
from math_core import LatexError, LatexToMathML

LONGEST = 4_000
"""Characters of LaTeX beyond which a formula is not typeset, as too long to be read."""

_STYLE = re.compile(r' style="[^"]*"')
_FLAT = re.compile(
    r"\\left([(\[])((?:(?!\\(?:left|right|d?frac|sqrt|begin|sum)\b|\^).)*)\\right([)\]])"
)
"""Growing brackets around nothing tall: MathML would set too much space inside them."""

# Errors become part of a page, so they have no colors and drawings of a terminal.
_converter = LatexToMathML(fancy_error=False)


@lru_cache(maxsize=8192)
def typeset(latex: str, display: bool = False) -> Markup:
    """A formula as MathML, or its LaTeX source where that cannot be converted."""
    if len(latex) > LONGEST:
        return Markup("<span class='too-long'>…</span>")
    try:
        # \displaystyle, because <math display="block"> would begin a new line.
        flat = _FLAT.sub(r"\1\2\3", latex)
        source = rf"\displaystyle {flat}" if display else flat
        mathml = _converter.convert_with_local_state(source, displaystyle=False)
        # The security policy forbids style attributes; base.css has the rules they would set.
        return Markup(_STYLE.sub("", mathml))
    except LatexError:
        return Markup("<code>{}</code>").format(escape(latex))


@lru_cache(maxsize=8192)
def inline_fractions(latex: str) -> str:
    r"""A formula with its outer fractions as ``x_{1} / x_{2}``, as books write them in tables.

    Only where that is unambiguous: before the end, a plus or a minus.
    """
    out: list[str] = []
    position = depth = 0
    while position < len(latex):
        if depth == 0 and latex.startswith(r"\frac{", position):
            middle = _closing(latex, position + 5)
            end = _closing(latex, middle)
            if re.match(r"\s*($|[-+)]|\\right)", latex[end:]):
                above, below = latex[position + 6 : middle - 1], latex[middle + 1 : end - 1]
                out.append(f"{_operand(above, product=True)} / {_operand(below, product=False)}")
                position = end
                continue
        depth += (latex[position] == "{") - (latex[position] == "}")
        out.append(latex[position])
        position += 1
    line = "".join(out)
    if r"\frac" in line:
        return line
    # Nothing tall is left, so brackets need not grow.
    return line.replace(r"\left(", "(").replace(r"\right)", ")")


def _closing(latex: str, opening: int) -> int:
    """The position after the brace that closes the one at ``opening``."""
    depth = 0
    for position in range(opening, len(latex)):
        depth += (latex[position] == "{") - (latex[position] == "}")
        if depth == 0:
            return position + 1
    return len(latex)


# A name or number with its accent, index and power needs no brackets beside a slash.
_GREEK = (
    "alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|iota|kappa|lambda|mu|nu|xi|pi|"
    "rho|sigma|tau|upsilon|(?:var)?phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|"
    "Upsilon|Phi|Psi|Omega"
)
_NAME = rf"(?:\\(?:{_GREEK})(?![A-Za-z])|\\math[a-z]+\{{[^{{}}]*\}}|[A-Za-z])"
_LETTER = rf"(?:\\(?:bar|dot)\{{{_NAME}\}}|\\sqrt\{{[^{{}}]*\}}|{_NAME}|[0-9.]++)"
# ++: digits are never split
_ATOM = rf"(?:\\partial )?{_LETTER}(?:_\{{[^{{}}]*\}})?(?:\^\{{[^{{}}]*\}})?"
_ATOM_ONLY = re.compile(_ATOM)
_PRODUCT = re.compile(rf"{_ATOM}(?:\s*(?:\\cdot|\\,)?\s*{_ATOM})*")


def _operand(latex: str, product: bool) -> str:
    """An operand of a slash, in brackets where it needs them; ``product`` allows a product."""
    if (_PRODUCT if product else _ATOM_ONLY).fullmatch(latex.strip()):
        return latex
    return rf"\left({latex}\right)"


def width(latex: str) -> int:
    """The width of a formula in letters, roughly."""
    if r"\begin{cases}" in latex:
        latex = max(latex.replace(r"\text{otherwise}", "otherwise").split(r"\\"), key=len)
    latex = _NO_WIDTH.sub("", latex)
    return len(_COMMAND.sub(lambda match: match[1] if match[1] in _WRITTEN else "x", latex))


_NO_WIDTH = re.compile(
    r"\\(?:bar|dot|left|right|operatorname|math[a-z]+|text|begin|end|frac|,)|[{}_^\s&]|cases"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_WRITTEN = {"sin", "cos", "tan", "ln", "log", "exp", "max", "min", "arctan", "sinh", "cosh", "tanh"}
