r"""An ``Explanation`` as LaTeX: tables as the books print them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adexplain.explain import Explanation
from adexplain.explanation_rows import Exact
from adexplain.export import numbers
from adexplain.export.steps import Arrival, arrivals, doubts, is_number
from adexplain.statuses import OK
from adexplain.typeset import GREEK, name_latex

NEEDS = r"% needs \usepackage{amsmath,amssymb,booktabs,longtable}"
_DOCUMENT = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=2cm]{geometry}
\usepackage{amsmath,amssymb,booktabs,longtable}
\begin{document}
%s\end{document}
"""
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SIGNS = {
    "▲": r"$\blacktriangle$", "✓": r"$\checkmark$", "≥": r"$\ge$", "≤": r"$\le$", "≠": r"$\ne$",
    "−": "$-$", "√": r"$\surd$", "×": r"$\times$", "·": r"$\cdot$", "…": r"\ldots{}",
    "∞": r"$\infty$", "∂": r"$\partial$", "≈": r"$\approx$", "→": r"$\to$", "∇": r"$\nabla$",
}  # fmt: skip
_SIGNS |= {sign: f"$^{digit}$" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {"⁻": "$^-$"}
_SIGNS |= {letter: rf"$\{name}$" for name, letter in GREEK.items()}


def document(body: str) -> str:
    """A whole document with this body, to compile as it is."""
    return _DOCUMENT % body


def latex(explanation: Explanation) -> str:
    """The traces, the adjoint sweep and the answer."""
    parts = [NEEDS, *_formula(explanation), *_traces(explanation)]
    if explanation.reverse and explanation.contributions:
        parts += _sweep(explanation)
    return "\n".join([*parts, *_answer(explanation)]) + "\n"


def words(text: str) -> str:
    """Plain words: every character that LaTeX would take for a command is printed instead."""
    out = []
    for character in text:
        if character in "&%$#_{}":
            out.append(f"\\{character}")
        else:
            out.append(_SPECIAL.get(character) or _SIGNS.get(character) or character)
    return re.sub(r"`([^`]*)`", r"\\texttt{\1}", "".join(out))


def rows(lines: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table."""
    return [f"{' & '.join(line)} \\\\" for line in lines]


def _formula(explanation: Explanation) -> list[str]:
    lines = [line.replace(" = ", " &= ", 1) for line in explanation.formula]
    if not lines:
        return []
    return [r"\begin{align*}", " \\\\\n".join(f"  {line}" for line in lines), r"\end{align*}"]


def _equation(name: str, rule: str, value: str) -> list[str]:
    """Three cells: a name, what it equals, and its number."""
    return [f"${name}$", f"${rule}$" if rule else "", f"${value}$" if value else ""]


def _given(name: str, value: str, column: str) -> list[str]:
    """Two cells: a name, and the number it is given."""
    return [f"${name}$", rf"\multicolumn{{2}}{{{column}}}{{${value}$}}"]


def _number(value: float | None, exact: Exact, key: str, given: bool = False) -> str:
    if exact and exact.get(f"{key}_latex"):
        return exact[f"{key}_latex"]
    return numbers.latex(value, given)


def _traces(explanation: Explanation) -> list[str]:
    """Primal and tangent side by side, as in Griewank & Walther's Table 1.2."""
    forward = explanation.forward
    lines = []
    for item in explanation.inputs:
        value = _number(item.value, item.exact, "value", given=True)
        line = _given(item.latex, value, r"r@{\qquad}" if forward else "r")
        if forward:
            seed = numbers.latex(item.tangent, given=True)
            line += _given(name_latex(item.name, "dot"), seed, "r")
        lines.append(line)
    first = len(lines)
    for row in explanation.rows:
        name = row.name_latex or name_latex(row.name)
        rule = row.latex or rf"\text{{{words(row.text)}}}"
        line = _equation(name, rule, _number(row.value, row.exact, "value"))
        if forward:
            tangent = _number(row.tangent, row.exact, "tangent")
            line += _equation(name_latex(row.name, "dot"), row.tangent_latex or "", tangent)
        lines.append(line)
    last = len(lines)
    for output in explanation.outputs:
        if output.name != output.row:
            line = _equation(output.latex, name_latex(output.row), numbers.latex(output.value))
            dots = (name_latex(output.name, "dot"), name_latex(output.row, "dot"))
            slot = explanation.program.outputs[explanation.outputs.index(output)]
            tangent = numbers.latex(explanation.trace.tangents[slot])
            lines.append(line + (_equation(*dots, tangent) if forward else []))
    columns = r"r@{${}={}$}l@{${}={}$}r"
    heads = r"\multicolumn{3}{c}{Primal trace}"
    if forward:
        columns += r"@{\qquad}" + columns
        heads += r" & \multicolumn{3}{c}{Tangent trace}"
    parts = [rows(part) for part in (lines[:first], lines[first:last], lines[last:]) if part]
    body = [*parts[0], *(line for part in parts[1:] for line in (r"\midrule", *part))]
    return _table(columns, heads, body, long=len(lines) > 40)


def _table(columns: str, heads: str, body: list[str], long: bool) -> list[str]:
    """A table between rules; one that is longer than a page may break."""
    if long:
        begin, end = rf"\begin{{longtable}}{{{columns}}}", r"\end{longtable}"
    else:
        begin, end = rf"\[\begin{{tabular}}{{{columns}}}", r"\end{tabular}\]"
    head = [rf"{heads} \\", r"\midrule", *([r"\endhead"] if long else [])]
    return [begin, r"\toprule", *head, *body, r"\bottomrule", end]


def _sweep(explanation: Explanation) -> list[str]:
    """The adjoint sweep in the order in which contributions arrive."""
    lines = [_arrival(line) for line in arrivals(explanation)]
    heads = r"\multicolumn{3}{c}{Adjoint trace} & amount & sum so far"
    return _table(r"r@{}l@{\qquad}lrr", heads, rows(lines), long=len(lines) > 40)


def _arrival(line: Arrival) -> list[str]:
    item = line.contribution
    given = item is None
    sign = "=" if line.first else r"\mathrel{{+}{=}}"
    into = f"${name_latex(line.into, 'bar')}$"
    sums = [f"${numbers.latex(value, given)}$" for value in (line.amount, line.total)]
    if line.last:
        sums[1] = rf"$\boldsymbol{{{sums[1].strip('$')}}}$"
    if item is None:
        return [into, f"${{}}{sign}{{}}$seed", "", *sums]
    rule = item.latex or rf"\text{{from }}{name_latex(item.out_of, 'bar')}"
    factor = numbers.latex(item.partial_value, given=is_number(item.partial))
    product = rf"{numbers.latex(line.adjoint)} \times {numbers.factor(factor)}"
    return [into, f"${{}}{sign} {rule}$", f"${product}$", *sums]


def _answer(explanation: Explanation) -> list[str]:
    """The gradient, or the Jacobian, and every doubt."""
    names = [item.latex for item in explanation.inputs]
    table = explanation.jacobian
    out = []
    if names and len(names) * len(table) <= 60:
        lines = [" & ".join(numbers.latex(value) for value in line) for line in table]
        matrix = r"\begin{pmatrix} " + r" \\ ".join(lines) + r" \end{pmatrix}"
        outputs = ", ".join(item.latex for item in explanation.outputs)
        above = f"({outputs})" if len(table) > 1 else outputs
        below = f"({', '.join(names)})" if len(names) > 1 else names[0]
        out.append(rf"\[\frac{{\partial {above}}}{{\partial {below}}} = {matrix}\]")
    told = [row.message for row in explanation.rows if row.begins and row.message]
    told += [
        f"Derivative of {item.output} by {item.input}: {doubts(item)}"
        for item in explanation.partials
        if item.status != OK
    ]
    out += [rf"\par\noindent$\blacktriangle$ {words(sentence)}" for sentence in told[:100]]
    out += [rf"\par\noindent {words(warning)}" for warning in explanation.warnings]
    return out
