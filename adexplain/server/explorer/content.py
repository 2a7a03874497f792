"""The requests' work: from an address or a JSON body to what is sent back.

Everything here is plain functions of plain data, so that a worker process can do it as well as
the server's own; :mod:`.runner` decides which.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from adexplain.codegen import Line, source_lines
from adexplain.comparison.compare import compare
from adexplain.doctor.doctor import as_dict as findings
from adexplain.errors import InputError
from adexplain.evaluate import points
from adexplain.explanation.explain import Explanation, explain
from adexplain.explanation.stepping import Stepping
from adexplain.language import parse
from adexplain.program import Program
from adexplain.server.explorer.panels.answer import Answer, answer
from adexplain.server.explorer.panels.code import Code, code
from adexplain.server.explorer.panels.cost import Meter, meter
from adexplain.server.explorer.panels.covering import cover_answer, cover_blocks
from adexplain.server.explorer.panels.doctor import Doctor, doctor
from adexplain.server.explorer.panels.graph import Graph, graph_at_once
from adexplain.server.explorer.panels.predict import Ask, Guess, Prediction, ask, prediction
from adexplain.server.explorer.panels.source_text import typed
from adexplain.server.explorer.panels.step_card import Card, card, cards
from adexplain.server.explorer.panels.table import Lines, Table, lines_between, table
from adexplain.server.explorer.panels.timeline import Timeline, timeline
from adexplain.server.explorer.panels.verdict import Verdict, verdict
from adexplain.server.http.address import AT, MODES, State
from adexplain.server.http.cache import Recent

USUAL_VALUE = "1"
"""The value of a variable that is given none."""

LISTED_ROWS = 2_000
"""Rows beyond which a page shows no code."""

# A drag asks about one function at many points, stepping about one point again and again.
_programs = Recent[Program](limit=400_000)
_explanations = Recent[Explanation](limit=40_000)
_sources = Recent[list[Line]](limit=20_000)


class FieldError(InputError):
    """An error in a field other than the function: ``field`` is its name in the address."""

    def __init__(self, field: str, text: str, error: InputError) -> None:
        super().__init__(error.message, error.span, error.hint)
        self.field = field
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        """Exceptions cross to and from workers: rebuild this one with all it carries."""
        inner = InputError(self.message, self.span, self.hint)
        return (type(self), (self.field, self.text, inner))


@dataclass(frozen=True)
class Page:
    """Everything about one function at one point that the explorer shows."""

    state: State
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    typed: Markup
    answer: Answer
    doctor: Doctor
    cost: Meter | None
    table: Table
    timeline: Timeline
    card: Card | None
    graph: Graph | None
    code: list[Code]
    verdict: Verdict | None
    prediction: Prediction | None = None
    ask: Ask | None = None

    @property
    def covered(self) -> bool:
        """Whether some of it is covered until it is predicted."""
        return self.prediction is not None and self.prediction.covered is not None


def page(state: State, guess: Guess | None = None) -> Page:
    """The explorer's content for a state; raises :class:`InputError` where it makes no sense."""
    program, at, seed = read(state)
    explanation = explained(program, at, state, seed)
    at_as_shown = {name: state.at.get(name, "").strip() or USUAL_VALUE for name in at}
    return page_of(explanation, replace(state, at=at_as_shown), _one_name(program, state), guess)


def page_of(
    explanation: Explanation,
    state: State,
    hints: Sequence[str] = (),
    guess: Guess | None = None,
) -> Page:
    """The same of an explanation that is there already."""
    program, stepping = explanation.program, explanation.stepping
    data = explanation.to_dict()
    data["notes"] += [{"message": message, "span": None} for message in hints]
    step = None if state.step is None else min(state.step, stepping.total)
    found = prediction(explanation, state, guess) if state.predict else None
    cover = found.cover(explanation) if found else None
    step = found.step if found else step
    told = answer(data)
    lines = table(data, stepping, step, state.rows)
    if cover:
        cover_blocks(lines.blocks, cover)
        told = cover_answer(told, [item["row"] for item in data["outputs"]], cover)
    listed = not (cover and cover.rules)  # the code is made of the rules
    return Page(
        replace(state, step=step, told=None),
        tuple(program.input_names),
        tuple(program.output_names),
        typed(program),
        told,
        Doctor([], [], "") if cover else doctor(explanation),
        meter(explanation),
        lines,
        timeline(stepping, step),
        card(explanation, step) if step and not (cover and cover.hides(step)) else None,
        graph_at_once(explanation, step, state.shape, cover),
        _listings(program, state.mode, stepping) if listed else [],
        verdict_of(state) if state.compare and not cover else None,
        found,
        ask(explanation, state, found) if found and cover and step == cover.covered else None,
    )


def cards_of(state: State, first: int, last: int) -> list[Card | Ask]:
    """The steps of a state in words, from one number to another, as far as they are not covered."""
    program, at, seed = read(state)
    explanation = explained(program, at, state, seed)
    found = prediction(explanation, state) if state.predict else None
    if found is None or found.covered is None:
        return [*cards(explanation, first, last)]
    known: list[Card | Ask] = [*cards(explanation, first, min(last, found.told))]
    return [*known, ask(explanation, state, found)] if first <= found.covered <= last else known


def rows_of(state: State) -> Lines:
    """More lines of a state's table: those it asks for, else those around its step."""
    program, at, seed = read(state)
    explanation = explained(program, at, state, seed)
    lines = lines_between(explanation, state.rows, state.step)
    cover = prediction(explanation, state).cover(explanation) if state.predict else None
    if cover:
        cover_blocks(lines.blocks, cover)
    return lines


def verdict_of(state: State) -> Verdict:
    """The comparison for a state, as the page shows it."""
    program, at, seed = read(state)
    shown = explained(program, at, state, seed)
    names = {item.name: item.latex for item in shown.inputs}
    names |= {item.name: item.latex for item in shown.outputs}
    one = len(program.outputs) == 1
    return verdict(compared(program, at, seed), names, shown.cost.adjoint if one else None)


def explain_json(state: State) -> bytes:
    """The explanation for a state, as the API sends it."""
    program, at, seed = read(state)
    return _json(explained(program, at, state, seed).to_dict())


def doctor_json(state: State) -> bytes:
    """What the gradient doctor finds for a state, as the API sends it."""
    program, at, seed = read(state)
    return _json(findings(explained(program, at, state, seed)))


def compare_json(state: State, output: str | None = None) -> bytes:
    """The comparison for a state, as the API sends it."""
    program, at, seed = read(state)
    return _json(compared(program, at, seed, output))


def explained(
    program: Program, at: Mapping[str, float], state: State, seed: Mapping[str, Any]
) -> Explanation:
    """The explanation a state asks for."""
    # Exact values are those of the text typed: pi/3, where the number is only near it.
    point: Mapping[str, float | str] = at
    if state.exact:
        point = {name: state.at.get(name, "").strip() or USUAL_VALUE for name in at}
    return _explanations.get(
        (state.text, state.mode, state.seed, state.bar, state.exact, tuple(point.items())),
        lambda: explain(program, point, mode=state.mode, seed=seed, exact=state.exact),
        lambda explanation: len(explanation.program.rows),
    )


def compared(
    program: Program, at: Mapping[str, float], seed: Mapping[str, Any], output: str | None = None
) -> dict[str, Any]:
    """The comparison as plain data: of the output asked for, or the first that has a seed."""
    if output is None:
        adjoint: Mapping[str, float] = seed.get("adjoint", {})
        output = next((name for name in program.output_names if adjoint.get(name)), None)
    elif output not in program.output_names:
        names = ", ".join(program.output_names)
        raise InputError(f"There is no output {output!r}.", None, f"The outputs are: {names}.")
    return compare(program, at, output=output).to_dict()


def read(state: State) -> tuple[Program, dict[str, float], dict[str, Any]]:
    """The program, the point and the seeds a state asks for."""
    if state.mode not in MODES:
        error = InputError(
            f"There is no mode {state.mode!r}.", None, f"Write {' or '.join(MODES)}."
        )
        raise FieldError("mode", state.mode, error)
    text = state.text
    program = _programs.get(text, lambda: parse(text), lambda _: len(text))
    at = {
        name: number(AT + name, state.at.get(name, "").strip() or USUAL_VALUE)
        for name in program.input_names
    }
    # A seed of the other mode may stay in the address: it waits for that mode, whatever it says.
    seed: dict[str, Any] = {}
    if state.seed and state.mode != "reverse":
        seed["tangent"] = direction("seed", state.seed, program.input_names)
    if state.bar and state.mode != "forward":
        seed["adjoint"] = direction("bar", state.bar, program.output_names)
    return program, at, seed


def direction(field: str, text: str, names: tuple[str, ...]) -> dict[str, float]:
    """A seed as typed; see :func:`adexplain.evaluate.points.direction`."""
    try:
        return points.direction(text, names, "an input" if field == "seed" else "an output")
    except InputError as error:
        raise FieldError(field, text, error) from None


def number(field: str, text: str) -> float:
    """A value as typed: a number, or an expression without variables such as ``pi/3``."""
    name = field.removeprefix(AT) if field.startswith(AT) else "a seed"
    try:
        return points.number(text, name)
    except InputError as error:
        raise FieldError(field, text, error) from None


def _one_name(program: Program, state: State) -> list[str]:
    """A hint for each name without a value that is two names with values: xy beside x and y."""
    given = {name for name, value in state.at.items() if value.strip()}
    return [
        f"{name} is one name; for the product write {name[:cut]}*{name[cut:]}."
        for name in program.input_names
        for cut in range(1, len(name))
        if name not in given and {name[:cut], name[cut:]} <= given
    ]


def explanation_schema() -> dict[str, Any]:
    """The published JSON schema of an explanation."""
    text = (files("adexplain") / "schema" / "explanation.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _listings(program: Program, mode: str, stepping: Stepping) -> list[Code]:
    """The generated code that belongs to a mode; none where nobody would read it."""
    if len(program.rows) > LISTED_ROWS:
        return []
    listings = []
    if mode != "forward":
        listings.append(code("adjoint", "Adjoint code", _source(program, "reverse"), stepping))
    if mode != "reverse":
        listings.append(code("tangent", "Tangent code", _source(program, "forward"), stepping))
    return listings


def _source(program: Program, mode: str) -> list[Line]:
    """The generated code of a program; that of a text stays the same at every point."""
    if not program.text:
        return source_lines(program, mode)
    return _sources.get((program.text, mode), lambda: source_lines(program, mode), len)


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
