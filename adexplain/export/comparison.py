"""Writes a ``Comparison`` as text, Markdown, LaTeX and CSV: answers, digits, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adexplain.comparison.digits import MAX_DIGITS, digits_text
from adexplain.export.grid import MARGIN, Column, grid, wrapped
from adexplain.export.json_csv import csv_text
from adexplain.export.latex import NEEDS, escaped
from adexplain.export.latex import rows as latex_rows
from adexplain.export.markdown import cell, dollars, pipes
from adexplain.export.numbers import full
from adexplain.export.style import Style
from adexplain.typeset.formulas import name_latex

Data = Mapping[str, Any]

INPUTS_SHOWN = 12
COLUMNS = ("input", "method", "value", "error", "digits", "reference", "message")


def comparison_table(data: Data, style: Style) -> str:
    """The verdict first, then one table for each input."""
    verdict = data["verdict"]
    sign = style.sign("✓" if verdict["agree"] else "✗")
    out = ["", *wrapped(f"{sign} {verdict['claim']}", style, MARGIN, MARGIN * 3)]
    out[1] = style.paint(out[1], "bold" if verdict["agree"] else "status")
    out += wrapped(verdict["reason"], style, MARGIN * 3, MARGIN * 3) if verdict["reason"] else []
    for name in data["inputs"][:INPUTS_SHOWN]:
        out += ["", *_input_table(data, name, style)]
    if len(data["inputs"]) > INPUTS_SHOWN:
        out += ["", f"{MARGIN}{INPUTS_SHOWN} of {len(data['inputs']):,} inputs are shown."]
    message = (data["taylor"] or {}).get("message")
    return (
        "\n".join([*out, "", *(wrapped(message, style, MARGIN, MARGIN) if message else [])]) + "\n"
    )


def _input_table(data: Data, name: str, style: Style) -> list[str]:
    method = Column(style.sign(f"∂{data['output']}/∂{name}"), room=30)
    value, digits, bar = Column("", room=40), Column("digits", "r"), Column("")
    for item in data["methods"]:
        value_found, count = item["gradient"].get(name), item["digits"].get(name)
        method.cells.append(item["name"])
        value.cells.append("no answer" if value_found is None else full(float(value_found)))
        digits.cells.append(style.sign(_count(count)))
        bar.cells.append(style.sign("█") * min(count or 0, MAX_DIGITS))
    columns = [method, value, *([digits, bar] if any(digits.cells) else [])]
    return [*grid(columns, style), *_input_facts(data, name, style)]


def _input_facts(data: Data, name: str, style: Style) -> list[str]:
    """The reference, the symbolic formula and the best step."""
    facts = [
        f"{item['name']}: {item['message']}"
        for item in data["methods"]
        if item["gradient"].get(name) is None and item["message"]
    ]
    reference = data["reference"]["digits"].get(name)
    if reference:
        facts.append(f"{data['reference']['name']}: {reference}")
    symbolic = (data["symbolic"] or {}).get(name)
    if symbolic and len(symbolic["text"]) <= 400:
        facts.append(f"Formula: {symbolic['text']}")
    models = ((data["sweep"] or {}).get(name) or {}).get("model") or {}
    best = [(kind, models[kind]["best_step"]) for kind in models if models[kind]["best_step"]]
    steps = ", ".join(f"{kind} {float(step):.1e}" for kind, step in best)
    if steps:
        facts.append(f"Best steps of the differences, by the error model: {steps}")
    return [line for fact in facts for line in wrapped(fact, style, MARGIN * 2, MARGIN * 4)]


def _value(value: Any, message: str | None) -> str:
    return (message or "no answer") if value is None else full(float(value))


def _count(digits: int | None) -> str:
    return "" if digits is None else digits_text(digits)


def comparison_markdown(data: Data) -> str:
    """The verdict and one table with a column for each input."""
    verdict, names = data["verdict"], data["inputs"][:INPUTS_SHOWN]
    sign = "✓" if verdict["agree"] else "✗"
    heading = ["method"]
    for name in names:
        partial = rf"\partial {name_latex(data['output'])} / \partial {name_latex(name)}"
        heading += [dollars(partial), "digits"]
    lines = []
    for item in data["methods"]:
        line = [item["name"]]
        for name in names:
            count = _count(item["digits"].get(name))
            line += [cell(_value(item["gradient"].get(name), item["message"])), count]
        lines.append(line)
    formulas = [
        f"- {dollars(heading[1 + 2 * i][1:-1] + ' = ' + data['symbolic'][name]['latex'])}"
        for i, name in enumerate(names)
        if (data["symbolic"] or {}).get(name)
    ]
    table = pipes(heading, "l" + "lr" * len(names), lines)
    verdict_line = f"{sign} **{cell(verdict['claim'])}** {cell(verdict['reason'] or '')}".strip()
    return "\n".join([verdict_line, "", *table, *([""] if formulas else []), *formulas]) + "\n"


def comparison_latex(data: Data) -> str:
    """One table: the methods, with value and digits for each input."""
    names = data["inputs"][:INPUTS_SHOWN]
    verdict = data["verdict"]
    out = [
        NEEDS,
        rf"\noindent\textbf{{{escaped(verdict['claim'])}}} {escaped(verdict['reason'] or '')}",
    ]
    for name in names:
        partial = rf"$\partial {name_latex(data['output'])} / \partial {name_latex(name)}$"
        lines = []
        for item in data["methods"]:
            value = escaped(_value(item["gradient"].get(name), item["message"]))
            lines.append([item["name"], value, escaped(_count(item["digits"].get(name)))])
        body = latex_rows([["method", partial, "digits"]])
        out += [r"\[\begin{tabular}{llr}", r"\toprule", *body, r"\midrule", *latex_rows(lines)]
        out += [r"\bottomrule", r"\end{tabular}\]"]
    return "\n".join(out) + "\n"


def comparison_csv(data: Data) -> str:
    """One line for each input and method."""
    return csv_text(COLUMNS, _lines(data))


def _lines(data: Data) -> Iterator[dict[str, Any]]:
    for name in data["inputs"]:
        for item in data["methods"]:
            yield {
                "input": name,
                "method": item["name"],
                "value": item["gradient"].get(name),
                "error": item["error"].get(name),
                "digits": item["digits"].get(name),
                "reference": data["reference"]["digits"].get(name),
                "message": item["message"],
            }
