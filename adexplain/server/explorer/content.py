"""Makes the content of every response about a function, from the state that a request asks for.

These are functions of plain data, so that a worker process can run them as well as the server;
:mod:`adexplain.server.http.runner` decides which one does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from adexplain.codegen import CodeLine, source_lines
from adexplain.comparison.compare import compare
from adexplain.doctor.diagnose import findings_as_dict
from adexplain.errors import InputError
from adexplain.evaluate import points
from adexplain.explanation.explain import Explanation, explain
from adexplain.explanation.stepping import Stepping
from adexplain.language import parse
from adexplain.program import Program
from adexplain.server.explorer.panels.answer import Answer, answer
from adexplain.server.explorer.panels.code import CodePanel, code_panel
from adexplain.server.explorer.panels.cost import Meter, meter
from adexplain.server.explorer.panels.covering import cover_answer, cover_blocks
from adexplain.server.explorer.panels.doctor import Doctor, doctor
from adexplain.server.explorer.panels.graph import Graph, graph_at_once
from adexplain.server.explorer.panels.predict import (
    Guess,
    Prediction,
    QuestionCard,
    prediction,
    question_card,
)
from adexplain.server.explorer.panels.source_text import marked_source
from adexplain.server.explorer.panels.step_card import Card, card, cards
from adexplain.server.explorer.panels.table import Table, TableLines, lines_between, table
from adexplain.server.explorer.panels.timeline import Timeline, timeline
from adexplain.server.explorer.panels.verdict import Verdict, verdict
from adexplain.server.http.address import AT_PREFIX, MODES, State
from adexplain.server.http.cache import RecentCache

DEFAULT_VALUE = "1"
"""The value of a variable for which none is given."""

CODE_ROW_LIMIT = 2_000
"""The longest program, in rows, whose generated code a page shows."""

# Dragging a value asks for one function at many points; stepping asks for the same point often.
_programs = RecentCache[Program](limit=400_000)
_explanations = RecentCache[Explanation](limit=40_000)
_sources = RecentCache[list[CodeLine]](limit=20_000)


class FieldError(InputError):
    """An error in a field other than the function.

    Attributes:
        field: the name of the field in the address.
        text: what was typed into it.
    """

    def __init__(self, field: str, text: str, error: InputError) -> None:
        super().__init__(error.message, error.span, error.hint)
        self.field = field
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        """How to pickle it, for a worker that raises it: with its field and text."""
        inner = InputError(self.message, self.span, self.hint)
        return (type(self), (self.field, self.text, inner))


@dataclass(frozen=True)
class Page:
    """Everything that the explorer shows about one function at one point.

    ``marked_source`` is the typed text with an element around each row; None stands for a part
    that is not shown, or is fetched later.
    """

    state: State
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    marked_source: Markup
    answer: Answer
    doctor: Doctor
    cost: Meter | None
    table: Table
    timeline: Timeline
    card: Card | None
    graph: Graph | None
    code_panels: list[CodePanel]
    verdict: Verdict | None
    prediction: Prediction | None = None
    question: QuestionCard | None = None

    @property
    def covered(self) -> bool:
        """Whether a part of the trace is covered until it is predicted."""
        return self.prediction is not None and self.prediction.covered is not None


def page(state: State, guess: Guess | None = None) -> Page:
    """The explorer's content for a state, with the judgement of a guess if there is one.

    Raises:
        InputError: the function, a value or a seed is not valid.
    """
    program, at, seed = resolve(state)
    explanation = explanation_of(program, at, state, seed)
    shown_at = {name: state.at.get(name, "").strip() or DEFAULT_VALUE for name in at}
    hints = _product_hints(program, state)
    return page_of(explanation, replace(state, at=shown_at), hints, guess)


def page_of(
    explanation: Explanation,
    state: State,
    hints: Sequence[str] = (),
    guess: Guess | None = None,
) -> Page:
    """The explorer's content for an explanation.

    Args:
        explanation: what is shown.
        state: how it is shown.
        hints: messages to add to the notes of the explanation.
        guess: an answer to judge, if there is one.
    """
    program, stepping = explanation.program, explanation.stepping
    data = explanation.to_dict()
    data["notes"] += [{"message": message, "span": None} for message in hints]
    step = None if state.step is None else min(state.step, stepping.total)
    predicted = prediction(explanation, state, guess) if state.predict else None
    cover = predicted.cover(explanation) if predicted else None
    step = predicted.step if predicted else step
    shown_answer = answer(data)
    shown_table = table(data, stepping, step, state.rows)
    if cover:
        cover_blocks(shown_table.blocks, cover)
        rows = [item["row"] for item in data["outputs"]]
        shown_answer = cover_answer(shown_answer, rows, cover)
    show_code = not (cover and cover.rules)  # the generated code would reveal the rules
    at_question = predicted and cover and step == cover.covered
    return Page(
        replace(state, step=step, revealed=None),
        tuple(program.input_names),
        tuple(program.output_names),
        marked_source(program),
        shown_answer,
        Doctor([], [], "") if cover else doctor(explanation),
        meter(explanation),
        shown_table,
        timeline(stepping, step),
        card(explanation, step) if step and not (cover and cover.hides(step)) else None,
        graph_at_once(explanation, step, state.shape, cover),
        _code_panels(program, state.mode, stepping) if show_code else [],
        verdict_of(state) if state.compare and not cover else None,
        predicted,
        question_card(explanation, state, predicted) if predicted and at_question else None,
    )


def cards_of(state: State, first: int, last: int) -> list[Card | QuestionCard]:
    """The cards of the steps from ``first`` to ``last``, up to the question of a covered step."""
    program, at, seed = resolve(state)
    explanation = explanation_of(program, at, state, seed)
    predicted = prediction(explanation, state) if state.predict else None
    if predicted is None or predicted.covered is None:
        return [*cards(explanation, first, last)]
    shown: list[Card | QuestionCard] = [*cards(explanation, first, min(last, predicted.revealed))]
    if first <= predicted.covered <= last:
        shown.append(question_card(explanation, state, predicted))
    return shown


def rows_of(state: State) -> TableLines:
    """More lines of a state's table: the range it requests, else those around its step."""
    program, at, seed = resolve(state)
    explanation = explanation_of(program, at, state, seed)
    lines = lines_between(explanation, state.rows, state.step)
    cover = prediction(explanation, state).cover(explanation) if state.predict else None
    if cover:
        cover_blocks(lines.blocks, cover)
    return lines


def verdict_of(state: State) -> Verdict:
    """The comparison for a state, as the page shows it."""
    program, at, seed = resolve(state)
    explanation = explanation_of(program, at, state, seed)
    names = {item.name: item.latex for item in explanation.inputs}
    names |= {item.name: item.latex for item in explanation.outputs}
    operations = explanation.cost.adjoint if len(program.outputs) == 1 else None
    return verdict(comparison_of(program, at, seed), names, operations)


def explain_json(state: State, schema: int = 1) -> bytes:
    """The explanation for a state, as the API sends it, in that version of the schema."""
    program, at, seed = resolve(state)
    return _json(explanation_of(program, at, state, seed).to_dict(schema))


def doctor_json(state: State) -> bytes:
    """The gradient doctor's findings for a state, as the API sends them."""
    program, at, seed = resolve(state)
    return _json(findings_as_dict(explanation_of(program, at, state, seed)))


def compare_json(state: State, output: str | None = None) -> bytes:
    """The comparison for a state, as the API sends it."""
    program, at, seed = resolve(state)
    return _json(comparison_of(program, at, seed, output))


def explanation_of(
    program: Program, at: Mapping[str, float], state: State, seed: Mapping[str, Any]
) -> Explanation:
    """The explanation for a resolved state, from the cache if it was made recently."""
    # An exact value is made from the text, such as pi/3; its number is only close to it.
    point: Mapping[str, float | str] = at
    if state.exact:
        point = {name: state.at.get(name, "").strip() or DEFAULT_VALUE for name in at}
    return _explanations.get(
        (state.text, state.mode, state.seed, state.bar, state.exact, tuple(point.items())),
        lambda: explain(program, point, mode=state.mode, seed=seed, exact=state.exact),
        lambda explanation: len(explanation.program.rows),
    )


def comparison_of(
    program: Program, at: Mapping[str, float], seed: Mapping[str, Any], output: str | None = None
) -> dict[str, Any]:
    """The comparison as plain data.

    Args:
        program, at, seed: as :func:`resolve` returns them.
        output: the name of the output to compare; the first with a weight where it is None.

    Raises:
        InputError: there is no such output.
    """
    if output is None:
        adjoint: Mapping[str, float] = seed.get("adjoint", {})
        output = next((name for name in program.output_names if adjoint.get(name)), None)
    elif output not in program.output_names:
        names = ", ".join(program.output_names)
        raise InputError(f"There is no output {output!r}.", None, f"The outputs are: {names}.")
    return compare(program, at, output=output).to_dict()


def resolve(state: State) -> tuple[Program, dict[str, float], dict[str, Any]]:
    """The program, the point and the seeds of a state.

    Raises:
        InputError: the function cannot be parsed.
        FieldError: another field is not valid.
    """
    if state.mode not in MODES:
        error = InputError(
            f"There is no mode {state.mode!r}.", None, f"Write {' or '.join(MODES)}."
        )
        raise FieldError("mode", state.mode, error)
    text = state.text
    program = _programs.get(text, lambda: parse(text), lambda _: len(text))
    at = {
        name: _parse_value(AT_PREFIX + name, state.at.get(name, "").strip() or DEFAULT_VALUE)
        for name in program.input_names
    }
    # The address may keep the seed of a mode that is not shown; it is not checked until it is.
    seed: dict[str, Any] = {}
    if state.seed and state.mode != "reverse":
        seed["tangent"] = _parse_seed("seed", state.seed, program.input_names)
    if state.bar and state.mode != "forward":
        seed["adjoint"] = _parse_seed("bar", state.bar, program.output_names)
    return program, at, seed


def _parse_seed(field: str, text: str, names: tuple[str, ...]) -> dict[str, float]:
    """A seed as typed; see :func:`adexplain.evaluate.points.parse_seed`."""
    try:
        return points.parse_seed(text, names, "an input" if field == "seed" else "an output")
    except InputError as error:
        raise FieldError(field, text, error) from None


def _parse_value(field: str, text: str) -> float:
    """A value as typed: a number, or an expression without variables such as ``pi/3``."""
    name = field.removeprefix(AT_PREFIX) if field.startswith(AT_PREFIX) else "a seed"
    try:
        return points.number(text, name)
    except InputError as error:
        raise FieldError(field, text, error) from None


def _product_hints(program: Program, state: State) -> list[str]:
    """Hints that a name without a value may be a product of two names with values, as xy."""
    given = {name for name, value in state.at.items() if value.strip()}
    return [
        f"{name} is one name; for the product write {name[:cut]}*{name[cut:]}."
        for name in program.input_names
        for cut in range(1, len(name))
        if name not in given and {name[:cut], name[cut:]} <= given
    ]


def _code_panels(program: Program, mode: str, stepping: Stepping) -> list[CodePanel]:
    """The generated code of each sweep of a mode; none for a program too long to read."""
    if len(program.rows) > CODE_ROW_LIMIT:
        return []
    panels = []
    if mode != "forward":
        panels.append(code_panel("adjoint", "Adjoint code", _source(program, "reverse"), stepping))
    if mode != "reverse":
        panels.append(code_panel("tangent", "Tangent code", _source(program, "forward"), stepping))
    return panels


def _source(program: Program, mode: str) -> list[CodeLine]:
    """The generated code of a program, cached by its text: it is the same at every point."""
    if not program.text:
        return source_lines(program, mode)
    return _sources.get((program.text, mode), lambda: source_lines(program, mode), len)


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
