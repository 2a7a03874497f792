r"""Writes an ``Explanation`` as LaTeX tables, laid out as in textbooks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import Exact
from adexplain.export import numbers
from adexplain.export.blank import SOLVED, Blank
from adexplain.export.wording import SweepLine, doubt_sentence, is_number, sweep_lines
from adexplain.statuses.status import OK
from adexplain.typeset.formulas import GREEK, name_latex

NEEDS = r"% needs \usepackage{amsmath,amssymb,booktabs,longtable}"
_DOCUMENT = r"""\documentclass[a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=2cm]{geometry}
\usepackage{amsmath,amssymb,booktabs,longtable}
\begin{document}
%s\end{document}
"""
WIDE, NARROW = r"\rule{0pt}{6mm}\hspace{30mm}", r"\rule{0pt}{6mm}\hspace{15mm}"
"""Blank space to write a formula or a number in."""
_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SIGNS = {
    "▲": r"$\blacktriangle$", "✓": r"$\checkmark$", "≥": r"$\ge$", "≤": r"$\le$", "≠": r"$\ne$",
    "−": "$-$", "√": r"$\surd$", "×": r"$\times$", "·": r"$\cdot$", "…": r"\ldots{}",
    "∞": r"$\infty$", "∂": r"$\partial$", "≈": r"$\approx$", "→": r"$\to$", "∇": r"$\nabla$",
}  # fmt: skip
_SIGNS |= {sign: f"$^{digit}$" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {"⁻": "$^-$"}
_SIGNS |= {letter: rf"$\{name}$" for name, letter in GREEK.items()}


def document(body: str) -> str:
    """A complete document with this body."""
    return _DOCUMENT % body


def latex(explanation: Explanation) -> str:
    """The traces, the adjoint sweep and the answer."""
    return "\n".join([NEEDS, *formula(explanation), *tables(explanation)]) + "\n"


def tables(
    explanation: Explanation, blank: Blank = SOLVED, answer: bool = True, primal: bool = True
) -> list[str]:
    """The traces, the adjoint sweep and the answer.

    Args:
        explanation: the trace.
        blank: which parts are left for a student to write.
        answer: whether the answer is included.
        primal: whether the traces are included; not for a second adjoint sweep over the same
            values.
    """
    parts = _traces(explanation, blank) if primal else []
    if explanation.reverse and explanation.contributions:
        parts += _sweep(explanation, blank)
    return [*parts, *(_answer(explanation, blank) if answer else [])]


def escaped(text: str) -> str:
    """Plain text with LaTeX's special characters escaped, and `code` in typewriter type."""
    out = []
    for character in text:
        if character in "&%$#_{}":
            out.append(f"\\{character}")
        else:
            out.append(_ESCAPES.get(character) or _SIGNS.get(character) or character)
    return re.sub(r"`([^`]*)`", r"\\texttt{\1}", "".join(out))


def rows(lines: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table."""
    return [f"{' & '.join(line)} \\\\" for line in lines]


def formula(explanation: Explanation) -> list[str]:
    """The function as an aligned display, with a line for each assignment."""
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


def _traces(explanation: Explanation, blank: Blank) -> list[str]:
    """Primal and tangent trace side by side, as in Griewank & Walther's Table 1.2."""
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
        rule = blank.operation(row.latex or rf"\text{{{escaped(row.text)}}}", WIDE)
        line = _equation(name, rule, blank.number(_number(row.value, row.exact, "value"), NARROW))
        if forward:
            tangent = blank.number(_number(row.tangent, row.exact, "tangent"), NARROW)
            rule = blank.number(row.tangent_latex or "", WIDE)
            line += _equation(name_latex(row.name, "dot"), rule, tangent)
        lines.append(line)
    last = len(lines)
    exact_forms = {item.name: item.exact for item in explanation.inputs}
    exact_forms |= {item.name: item.exact for item in explanation.rows}
    for output in explanation.outputs:
        if output.name != output.row:
            exact = exact_forms.get(output.row)
            value = blank.number(_number(output.value, exact, "value"), NARROW)
            line = _equation(output.latex, name_latex(output.row), value)
            dots = (name_latex(output.name, "dot"), name_latex(output.row, "dot"))
            slot = explanation.program.outputs[explanation.outputs.index(output)]
            dotted = _number(explanation.trace.tangents[slot], exact, "tangent")
            tangent = blank.number(dotted, NARROW)
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
    """A table with rules; a long one may break across pages."""
    if long:
        begin, end = rf"\begin{{longtable}}{{{columns}}}", r"\end{longtable}"
    else:
        begin, end = rf"\[\begin{{tabular}}{{{columns}}}", r"\end{tabular}\]"
    head = [rf"{heads} \\", r"\midrule", *([r"\endhead"] if long else [])]
    return [begin, r"\toprule", *head, *body, r"\bottomrule", end]


def _sweep(explanation: Explanation, blank: Blank) -> list[str]:
    """The adjoint sweep in the order in which contributions arrive."""
    exact = {item.name: item.exact for item in explanation.inputs}
    exact |= {item.name: item.exact for item in explanation.rows}
    lines = [_sweep_line(line, blank, exact) for line in sweep_lines(explanation)]
    heads = r"\multicolumn{3}{c}{Adjoint trace} & amount & sum so far"
    return _table(r"r@{}l@{\qquad}lrr", heads, rows(lines), long=len(lines) > 40)


def _sweep_line(line: SweepLine, blank: Blank, exact_forms: Mapping[str, Exact]) -> list[str]:
    item = line.contribution
    given = item is None
    sign = "=" if line.first else r"\mathrel{{+}{=}}"
    into = f"${name_latex(line.into, 'bar')}$"
    exact = item.exact if item else None
    named = (("amount", line.amount), ("total", line.total))
    sums = [_number(value, exact, key, given) for key, value in named]
    if item is None:
        return [into, f"${{}}{sign}{{}}$seed", "", *(f"${text}$" for text in sums)]
    sums = [f"${blank.number(text, NARROW)}$" for text in sums]
    if line.last and blank is SOLVED:
        sums[1] = rf"$\boldsymbol{{{sums[1].strip('$')}}}$"
    rule = item.latex or rf"\text{{from }}{name_latex(item.out_of, 'bar')}"
    factor = _number(item.partial_value, item.exact, "partial", is_number(item.partial))
    carried = _number(line.adjoint, exact_forms.get(item.out_of), "adjoint")
    product = rf"{_in_product(carried, first=True)} \times {_in_product(factor)}"
    rule, product = blank.number(rule, WIDE), blank.number(product, WIDE)
    return [into, f"${{}}{sign} {rule}$", f"${product}$", *sums]


def _in_product(number: str, first: bool = False) -> str:
    """A number as a factor: in brackets if it is an exact sum, or if negative and not first."""
    is_sum = " + " in number or " - " in number
    return f"({number})" if is_sum else number if first else numbers.factor(number)


def _answer(explanation: Explanation, blank: Blank) -> list[str]:
    """The gradient or Jacobian, and what is doubtful about it."""
    names = [item.latex for item in explanation.inputs]
    table = explanation.jacobian
    out = []
    if names and len(names) * len(table) <= 60:
        lines = [
            " & ".join(blank.number(numbers.latex(value), NARROW) for value in line)
            for line in table
        ]
        matrix = r"\begin{pmatrix} " + r" \\ ".join(lines) + r" \end{pmatrix}"
        outputs = ", ".join(item.latex for item in explanation.outputs)
        above = f"({outputs})" if len(table) > 1 else outputs
        below = f"({', '.join(names)})" if len(names) > 1 else names[0]
        out.append(rf"\[\frac{{\partial {above}}}{{\partial {below}}} = {matrix}\]")
    if blank is not SOLVED:
        return out
    sentences = [row.message for row in explanation.rows if row.begins and row.message]
    sentences += [
        f"Derivative of {item.output} by {item.input}: {doubt_sentence(item)}"
        for item in explanation.partials
        if item.status != OK
    ]
    out += [rf"\par\noindent$\blacktriangle$ {escaped(sentence)}" for sentence in sentences[:100]]
    out += [rf"\par\noindent {escaped(warning)}" for warning in explanation.warnings]
    return out
