"""Writes an ``Explanation`` as Markdown with formulas between dollar signs, as in notebooks."""

from __future__ import annotations

from collections.abc import Sequence

from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import Exact
from adexplain.export import numbers
from adexplain.export.wording import (
    SweepLine,
    doubt_sentence,
    is_number,
    positions_shown,
    sweep_lines,
)
from adexplain.statuses.status import OK
from adexplain.typeset.formulas import name_latex


def markdown(explanation: Explanation) -> str:
    """Formula, point, trace, contributions and answer."""
    out = [f"$${_math(line)}$$\n" for line in explanation.formula]
    if not out:
        out = [f"```\n{explanation.text[:2_000]}\n```\n"]
    point = ", ".join(
        dollars(f"{item.latex} = {_number(item.value, item.exact, 'value', given=True)}")
        for item in explanation.inputs
    )
    out.append(f"At {point}.\n" if point else "")
    out += [*_trace(explanation), ""]
    if explanation.reverse and explanation.contributions:
        out += [*_sweep(explanation), ""]
    out += _answer(explanation)
    return "\n".join(out).strip() + "\n"


def dollars(latex: str) -> str:
    """LaTeX as an inline formula; "" stays empty."""
    return f"${_math(latex)}$" if latex else ""


_MARKDOWN_SAFE = {r"\|": r"\Vert ", "|": r"\vert ", r"\,": r"\thinspace ", r"\;": r"\thickspace "}


def _math(latex: str) -> str:
    """LaTeX without what Markdown would interpret: a bar divides cells, \\, loses its slash."""
    for mark, safe in _MARKDOWN_SAFE.items():
        latex = latex.replace(mark, safe)
    return latex.replace("<", r"\lt ").replace("*", r"\ast ").strip()


def cell(text: str) -> str:
    """Plain text with Markdown's special characters escaped, also for cells of a table."""
    for mark in "\\`*_$|<[":
        text = text.replace(mark, f"\\{mark}")
    return text


def pipes(heading: Sequence[str], align: str, lines: Sequence[Sequence[str]]) -> list[str]:
    """A table; ``align`` has one letter for each column."""
    rules = ["---:" if letter == "r" else "---" for letter in align]
    return [f"| {' | '.join(line)} |" for line in (heading, rules, *lines)]


def _number(value: float | None, exact: Exact, key: str, given: bool = False) -> str:
    if exact and exact.get(f"{key}_latex"):
        return exact[f"{key}_latex"]
    return numbers.latex(value, given)


def _trace(explanation: Explanation) -> list[str]:
    lines = []
    inputs, rows = explanation.inputs, explanation.rows
    chosen, left_out = positions_shown(len(inputs) + len(rows))
    for place in chosen:
        if place < len(inputs):
            item = inputs[place]
            texts, value, exact = [dollars(item.latex), "input", "seed", ""], item, item.exact
            numeric = [
                _number(value.value, exact, "value", given=True),
                numbers.latex(value.tangent, given=True),
                _number(value.adjoint, exact, "adjoint"),
            ]
        else:
            row = rows[place - len(inputs)]
            rule = dollars(row.tangent_latex or "")
            sign = f"▲ {row.status}" if row.begins else ""
            operation = dollars(row.latex) if row.latex else f"`{row.text}`"
            texts = [dollars(row.name_latex or "") or f"`{row.name}`", operation, rule, sign]
            keys = ("value", "tangent", "adjoint")
            numeric = [_number(getattr(row, key), row.exact, key) for key in keys]
        lines.append([*texts[:2], dollars(numeric[0]), texts[2], *map(dollars, numeric[1:])])
        lines[-1].append(texts[3])
    heading = ["", "operation", "primal", "tangent rule", "tangent", "adjoint", "status"]
    keep = [0, 1, 2]
    keep += [3, 4] if explanation.forward else []
    keep += [5] if explanation.reverse else []
    keep += [6] if any(line[6] for line in lines) else []
    table = [[line[i] for i in keep] for line in lines]
    align = "".join("llrlrrl"[i] for i in keep)
    out = pipes([heading[i] for i in keep], align, table)
    return [*out, *_omitted(left_out, "rows")]


def _omitted(count: int, what: str) -> list[str]:
    return [f"\n{count:,} {what} in the middle are not shown."] if count else []


def _sweep(explanation: Explanation) -> list[str]:
    """The contributions in the order of the sweep, with their running sums."""
    lines = sweep_lines(explanation)
    chosen, left_out = positions_shown(len(lines))
    heading = ["adjoint", "contribution", "numbers", "amount", "sum so far"]
    out = pipes(heading, "lllrr", [_sweep_line(lines[place]) for place in chosen])
    return [*out, *_omitted(left_out, "contributions")]


def _sweep_line(line: SweepLine) -> list[str]:
    item = line.contribution
    given = item is None
    sign = "=" if line.first else "{+}{=}"
    into = dollars(rf"{name_latex(line.into, 'bar')} \mathrel{{{sign}}}")
    amount, total = (dollars(numbers.latex(value, given)) for value in (line.amount, line.total))
    if line.last:
        total = f"**{total}**"
    if item is None:
        return [into, "seed", "", amount, total]
    rule = dollars(item.latex) if item.latex else f"from `{item.out_of}`"
    factor = numbers.latex(item.partial_value, given=is_number(item.partial))
    product = rf"{numbers.latex(line.adjoint)} \times {numbers.factor(factor)}"
    return [into, rule, dollars(product), amount, total]


def _answer(explanation: Explanation) -> list[str]:
    """The derivatives with all digits, and what is doubtful about them."""
    heading = {item.name: item.latex for item in explanation.outputs}
    heading |= {item.name: item.latex for item in explanation.inputs}
    out = []
    for item in explanation.partials[:100]:
        name = rf"\partial {heading[item.output]} / \partial {heading[item.input]}"
        doubt = f" ▲ {cell(doubt_sentence(item))}" if item.status != OK else ""
        out.append(f"- {dollars(name)} = {numbers.full(item.value)}{doubt}")
    begins = [(row.name, row.message) for row in explanation.rows if row.begins and row.message]
    out += [f"- ▲ `{name}`: {cell(message)}" for name, message in begins[:100]]
    out += [f"- {cell(warning)}" for warning in explanation.warnings]
    return out
