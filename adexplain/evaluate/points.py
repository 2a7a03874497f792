"""Points and seeds: floats from the values a user gives for inputs and outputs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adexplain.errors import InputError
from adexplain.evaluate.run import FLOATS, run
from adexplain.language import parse
from adexplain.primitives.primitive import by_spelling
from adexplain.program import Program

Number = float | int | str
"""A number, or text such as "pi/3" that means one."""

Point = Mapping[str, Number] | Sequence[Number]
"""Values for the inputs: by name, or in order where that is clear (``Program.positional``)."""

Seed = Mapping[str, object] | None
"""Tangents by input and adjoints by output; or {"tangent": {…}, "adjoint": {…}}."""


def number(value: Number, name: str) -> float:
    """A finite float from a number or a constant expression.

    Raises:
        InputError: it is not a number, or not a finite one.
    """
    if isinstance(value, str):
        return _constant(value, name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        try:
            value = float(value)  # NumPy's scalars, Fraction, Decimal
        except (TypeError, ValueError) as error:
            raise InputError(f"The value of {name} is not a number.", None, _EXAMPLE) from error
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise InputError(f"The value of {name} is not a finite number.", None, _EXAMPLE)
    return result


_EXAMPLE = "Give a number such as 1.5, or a constant expression such as pi/3."


def constant_program(text: str, name: str) -> Program:
    """The program of a constant expression such as pi/3.

    Raises:
        InputError: it cannot be read, or has a variable in it; the span is within ``text``.
    """
    if not text.strip():
        raise InputError(f"{name} has no value.", None, _EXAMPLE)
    try:
        program = parse(text)
    except InputError as error:
        raise InputError(f"The value of {name}: {error.message}", None, error.hint) from error
    if program.inputs or len(program.outputs) != 1:
        what = f"contains the variable {program.input_names[0]}" if program.inputs else "is a list"
        raise InputError(f"The value of {name} {what}.", None, _EXAMPLE)
    return program


def _constant(text: str, name: str) -> float:
    try:
        value = float(text)
    except ValueError:
        program = constant_program(text, name)
        found = run(program, (), FLOATS)[program.outputs[0]]
        value = math.nan if found is None else float(found)
    if not math.isfinite(value):
        raise InputError(f"The value of {name} is not a finite number.", None, _EXAMPLE)
    return value


def point_of(program: Program, at: Point) -> list[float]:
    """One float for each input.

    Raises:
        InputError: a value is missing, superfluous, or not a finite number, or the order of the
            values is not clear; where a variable has no value the span is its first place in the
            text.
    """
    names = program.input_names
    if isinstance(at, Mapping):
        missing = next((name for name in names if name not in at), None)
        if missing is not None:
            raise _no_value(program, missing, at)
        return [number(at[name], name) for name in names]
    if isinstance(at, str) or not isinstance(at, Iterable):
        at = [at]
    values = list(at)
    if values:  # without any, what is missing is the news
        require_positional(program)
    if len(values) != len(names):
        raise InputError(
            f"{_counted(len(values), 'value')} for {_counted(len(names), 'variable')}.",
            None,
            f"Give one value each for {_listed(names)}.",
        )
    return [number(value, name) for value, name in zip(values, names, strict=True)]


def require_positional(program: Program) -> None:
    """Raise InputError where values without names could be meant for other inputs than they get."""
    if program.positional:
        return
    typed, sorted_names = program.input_names, program.alphabetical
    differs = next(k for k, name in enumerate(typed) if name != sorted_names[k])
    start = max(0, differs - 1) if len(typed) > _LISTED else 0
    by_name = ", ".join(f"{name}=…" for name in sorted_names[:3])
    raise InputError(
        "It is not clear which value belongs to which input: in order of appearance they are "
        f"{_listed(typed, start)}; in alphabetical order, {_listed(sorted_names, start)}.",
        None,
        f"Give the values by name, {by_name}{', …' if len(typed) > 3 else ''}, or the result a "
        f"header that says the order: f({_listed(sorted_names)}) = …",
    )


_LISTED = 8
"""How many names an error lists."""


def _listed(names: Sequence[str], start: int = 0) -> str:
    end = start + _LISTED
    parts = [*(["…"] if start else []), *names[start:end], *(["…"] if len(names) > end else [])]
    return ", ".join(parts)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _no_value(program: Program, name: str, at: Mapping[str, Number]) -> InputError:
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", program.text)
    hint = f"Give it one: {name}=1."
    for cut in range(1, len(name)):
        if name[:cut] in at and name[cut:] in at:
            hint = f"For the product write {name[:cut]}*{name[cut:]}."
        if name[:cut] in by_spelling() and name[cut:] in at:
            hint = f"For the function write {name[:cut]}({name[cut:]})."
    return InputError(f"`{name}` has no value.", match.span() if match else None, hint)


def parse_seed(text: str, names: Sequence[str], what: str = "an input") -> dict[str, float]:
    """The seed in a typed text: a name, ``name=number`` parts, or one number for each name.

    Raises:
        InputError: it is none of these.
    """
    if text in names:
        return {name: float(name == text) for name in names}
    parts = split_list(text.strip().removeprefix("(").removesuffix(")"))
    named = [part.partition("=") for part in parts]
    if parts and all(equals and name.strip() in names for name, equals, _ in named):
        given = {name.strip(): number(value.strip(), "a seed") for name, _, value in named}
        return {name: given.get(name, 0.0) for name in names}
    if len(parts) == len(names):
        return {name: number(part, "a seed") for name, part in zip(names, parts, strict=True)}
    listed = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
    message = (
        f"A seed here is the name of {what}, or {len(names)} numbers, one for each of {listed}."
    )
    if len(names) == 1:
        message = f"A seed here is one number, or the name {listed}."
    zeros = ", ".join("1" if name == names[0] else "0" for name in names[:6])
    raise InputError(message, None, f"For example: {zeros}")


def split_list(text: str) -> list[str]:
    """The text split at the commas outside of brackets; empty parts are left out."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth <= 0:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def seeds_of(program: Program, seed: Seed) -> tuple[list[float], list[float]]:
    """The tangent seed (one number for each input) and the adjoint seed (one for each output).

    By default the first input and the first output have 1, the others 0, as in the tables of
    Griewank & Walther.

    Raises:
        InputError: a name is neither an input nor an output, or a number is not finite.
    """
    tangent, adjoint = _split_seed(program, seed or {})
    return (
        _weights(program.input_names, tangent, "input"),
        _weights(program.output_names, adjoint, "output"),
    )


def _split_seed(
    program: Program, seed: Mapping[str, object]
) -> tuple[Mapping[str, Number], Mapping[str, Number]]:
    nested = {key: value for key, value in seed.items() if isinstance(value, Mapping)}
    if nested:
        unknown = next((key for key in seed if key not in ("tangent", "adjoint")), None)
        if unknown is not None:
            raise InputError(
                f"`{unknown}` is no part of a seed.", None, "Give tangent and adjoint."
            )
        return nested.get("tangent", {}), nested.get("adjoint", {})
    flat: dict[str, Any] = dict(seed)
    for name in flat:
        if name not in program.input_names and name not in program.output_names:
            known = ", ".join((*program.input_names[:6], *program.output_names[:6]))
            raise InputError(f"The seed names `{name}`.", None, f"It may name {known}.")
    tangent = {name: value for name, value in flat.items() if name in program.input_names}
    adjoint = {name: value for name, value in flat.items() if name not in tangent}
    return tangent, adjoint


def _weights(names: tuple[str, ...], given: Mapping[str, Number], what: str) -> list[float]:
    unknown = next((name for name in given if name not in names), None)
    if unknown is not None:
        raise InputError(
            f"`{unknown}` is no {what}.", None, f"The {what}s are {', '.join(names[:8])}."
        )
    if not given:
        return [1.0] + [0.0] * (len(names) - 1) if names else []
    return [number(given.get(name, 0.0), f"the seed of {name}") for name in names]
