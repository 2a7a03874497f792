"""Writes an ``Explanation`` as plain text: the trace, the adjoint sweep, the answer."""

from __future__ import annotations

from collections.abc import Callable

from adexplain.explanation.explain import Explanation
from adexplain.export.grid import (
    MARGIN,
    Column,
    fit,
    flagged,
    grid,
    on_the_point,
    total_width,
    wrapped,
)
from adexplain.export.numbers import factor, full, short
from adexplain.export.style import Style, cut
from adexplain.export.wording import (
    SweepLine,
    bracketed,
    doubt_sentence,
    is_number,
    positions_shown,
    status_sentence,
    sweep_lines,
    tangent_rule,
)
from adexplain.statuses.status import OK

NAME_ROOM, STEP_ROOM, RULE_ROOM, TEXT_LINES, PARTIALS_SHOWN = 20, 34, 40, 40, 24


def table(explanation: Explanation, style: Style = Style()) -> str:  # noqa: B008 - immutable
    """The whole explanation as plain text."""
    out = ["", *_heading(explanation, style), "", *_trace(explanation, style)]
    if explanation.exact:
        out += ["", *_exact(explanation, style)]
    if explanation.reverse and explanation.contributions:
        out += ["", *_sweep(explanation, style)]
    out += _answer(explanation, style)
    out += _remarks(explanation, style)
    return "\n".join(out) + "\n"


def _heading(explanation: Explanation, style: Style) -> list[str]:
    """The heading: the function's text, the point and the seeds."""
    lines = explanation.text[:20_000].strip().splitlines()
    limit = style.width - 2
    head = [style.paint(cut(line, limit, style.sign("…")), "bold") for line in lines[:TEXT_LINES]]
    if len(lines) > TEXT_LINES or len(explanation.text) > 20_000:
        head.append(style.sign("…"))
    given = [f"{item.name} = {full(item.value)}" for item in explanation.inputs]
    facts = [f"at {_listed(given)}"] if given else []
    names, results = explanation.program.input_names, explanation.program.output_names
    seeds = []
    if explanation.forward and names:
        seeds.append(_seed(names, explanation.tangent_seed, style.dotted))
    if explanation.reverse:
        seeds.append(_seed(results, explanation.adjoint_seed, style.barred))
    facts.append(f"seed {' and '.join(seeds)}")
    out = [MARGIN + line for line in head]
    return out + [
        line for fact in facts for line in wrapped(style.sign(fact), style, MARGIN, MARGIN * 4)
    ]


def _seed(names: tuple[str, ...], seed: tuple[float, ...], accent: Callable[[str], str]) -> str:
    named = _listed([accent(name) for name in names], 6)
    numbers = _listed([short(number, given=True) for number in seed], 6)
    return f"{named} = {numbers}" if len(names) == 1 else f"({named}) = ({numbers})"


def _listed(items: list[str], limit: int = 12) -> str:
    if len(items) <= limit:
        return ", ".join(items)
    return ", ".join([*items[: limit - 1], "…", items[-1]])


def _trace(explanation: Explanation, style: Style) -> list[str]:
    """Inputs, rows and named outputs with primal, tangent and adjoint."""
    names = Column("", room=NAME_ROOM)
    steps = Column("", room=STEP_ROOM, gap="")
    primal = Column("primal", ".")
    rule = Column(f"{style.dotted('v')} =", kind="tangent", room=RULE_ROOM)
    tangent = Column("tangent", ".", "tangent")
    adjoint = Column("adjoint", ".", "adjoint")
    below: dict[int, str] = {}
    inputs, rows = explanation.inputs, explanation.rows
    chosen, left_out = positions_shown(len(inputs) + len(rows))
    for place in chosen:
        is_input = place < len(inputs)
        if is_input:
            item = inputs[place]
            names.cells.append(item.name)
            steps.cells.append("")
            rule.cells.append("")
        else:
            row = rows[place - len(inputs)]
            names.cells.append(row.name)
            steps.cells.append(f" = {row.text}")
            slot = explanation.program.rows[place - len(inputs)]
            rule.cells.append(_rule(explanation, slot, style))
            if row.begins and row.message:
                below[len(names.cells) - 1] = status_sentence(row.status, row.message)
        value = inputs[place] if is_input else rows[place - len(inputs)]
        primal.cells.append(short(value.value, given=is_input))
        tangent.cells.append(short(value.tangent, given=is_input))
        adjoint.cells.append(short(value.adjoint))
    rules = [sum(place < len(inputs) for place in chosen)]
    rules += _results(explanation, (names, steps, rule), (primal, tangent, adjoint))
    columns = [names, steps, primal]
    columns += [rule, tangent] if explanation.forward else []
    columns += [adjoint] if explanation.reverse else []
    if total_width(columns, style) > style.width and rule in columns:
        columns.remove(rule)
    fit(columns, [names, steps], style)
    lines = grid(columns, style, [number for number in rules if number > 0], below)
    return lines + _omitted(left_out, "rows", style)


def _rule(explanation: Explanation, slot: int, style: Style) -> str:
    if not (explanation.forward and explanation.readable):
        return ""
    return style.sign(tangent_rule(explanation.program, slot, style.dotted))


def _results(
    explanation: Explanation, texts: tuple[Column, ...], numbers: tuple[Column, ...]
) -> list[int]:
    """Add the outputs with names of their own; return the line of the first, for a rule there."""
    trace, program = explanation.trace, explanation.program
    named = [item for item in explanation.outputs if item.name != item.row]
    start = len(texts[0].cells)
    for item in named[:PARTIALS_SHOWN]:
        slot = program.outputs[program.output_names.index(item.name)]
        weight = explanation.adjoint_seed[program.output_names.index(item.name)]
        for column, text in zip(texts, (item.name, f" = {item.row}", ""), strict=True):
            column.cells.append(text)
        values = (item.value, trace.tangents[slot], weight)
        for column, value in zip(numbers, values, strict=True):
            column.cells.append(short(value, given=column.heading == "adjoint"))
    return [start] if named else []


def _exact(explanation: Explanation, style: Style) -> list[str]:
    """The numbers that have a short exact form, such as sqrt(3)/2."""
    keys = ["value"]
    keys += ["tangent"] if explanation.forward else []
    keys += ["adjoint"] if explanation.reverse else []
    columns = [Column("exact", room=NAME_ROOM), Column("primal")]
    columns += [Column(key, kind=key) for key in keys[1:]]
    found = [(item.name, item.exact or {}) for item in explanation.inputs]
    found += [(row.name, row.exact or {}) for row in explanation.rows]
    for place in positions_shown(len(found))[0]:
        name, exact = found[place]
        columns[0].cells.append(name)
        for key, column in zip(keys, columns[1:], strict=True):
            column.cells.append(exact.get(key, ""))
    return grid(columns, style)


def _omitted(count: int, what: str, style: Style) -> list[str]:
    if not count:
        return []
    sentence = f"{count:,} {what} in the middle are not shown; --format csv has all."
    return wrapped(sentence, style, MARGIN, MARGIN)


def _sweep(explanation: Explanation, style: Style) -> list[str]:
    """The adjoint sweep: one line for each contribution, in order."""
    lines = sweep_lines(explanation)
    seeds = {line.into for line in lines if line.contribution is None and line.last}
    into = Column("", kind="adjoint", room=NAME_ROOM)
    rule = Column("    contribution", room=STEP_ROOM, gap="")
    numbers = Column("")
    amount = Column("amount", ".")
    total = Column("sum so far", ".", "adjoint")
    chosen, left_out = positions_shown(len(lines))
    for place in chosen:
        line = lines[place]
        into.cells.append(style.barred(line.into))
        rule.cells.append(f"{'  =' if line.first else ' +='} {_rule_of_line(line, style)}")
        numbers.cells.append(_numbers(line, style, seeds))
        given = line.contribution is None
        amount.cells.append(short(line.amount, given))
        total.cells.append(short(line.total, given))
    columns = [into, rule, numbers, amount, total]
    if total_width(columns, style) > style.width:
        columns.remove(numbers)
    fit(columns, [into, rule], style)
    return grid(columns, style) + _omitted(left_out, "contributions", style)


def _rule_of_line(line: SweepLine, style: Style) -> str:
    if line.contribution is None:
        return "seed"
    bar = style.barred(line.contribution.out_of)
    if line.contribution.partial is None:
        return f"from {bar}"
    return style.sign(f"{bar} · {bracketed(line.contribution.partial)}")


def _numbers(line: SweepLine, style: Style, seeds: set[str]) -> str:
    item = line.contribution
    if item is None:
        return ""
    adjoint = short(line.adjoint, given=item.out_of in seeds)
    return style.sign(
        f"{adjoint} × " + factor(short(item.partial_value, given=is_number(item.partial)))
    )


def _answer(explanation: Explanation, style: Style) -> list[str]:
    """The derivatives with all digits, and what is doubtful about each."""
    partials = explanation.partials
    chosen = partials[:PARTIALS_SHOWN]
    names = [style.sign(f"∂{item.output}/∂{item.input}") for item in chosen]
    names = [cut(name, 2 * NAME_ROOM, style.sign("…")) for name in names]
    width = max(map(len, names), default=0)
    values = on_the_point([full(item.value) for item in chosen])
    out = [""] if chosen else []
    for name, value, item in zip(names, values, chosen, strict=True):
        out.append(f"{MARGIN}{name:<{width}} = {style.paint(value.rstrip(), 'bold')}")
        if item.status != OK:
            out += flagged(doubt_sentence(item), style, "    ")
    if len(partials) > len(chosen):
        out.append(
            f"{MARGIN}{len(chosen)} of {len(partials):,} partials are shown; --format csv has all."
        )
    return out


def _remarks(explanation: Explanation, style: Style) -> list[str]:
    """How the text was read, warnings, the status, and the cost of the sweeps."""
    remarks = [f"Read: {note.message}" for note in explanation.program.notes]
    remarks += [f"Note: {warning}" for warning in explanation.warnings]
    status = explanation.status
    messages = {row.message for row in explanation.rows if row.begins}
    messages |= {item.message for item in explanation.partials}
    if status["message"] and not any(text and text in status["message"] for text in messages):
        remarks.append(status_sentence(str(status["kind"]), status["message"]))
    cost = explanation.cost
    parts = [f"{cost.primal:,} for the value"]
    if explanation.forward:
        parts.append(f"{cost.tangent:,} with one tangent")
    if explanation.reverse:
        parts.append(f"{cost.adjoint:,} with the whole gradient")
    remarks.append(f"Operations: {', '.join(parts)}.")
    return ["", *(line for text in remarks for line in wrapped(text, style, MARGIN, MARGIN * 3))]
