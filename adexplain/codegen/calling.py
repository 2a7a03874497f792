"""Calls of the functions that are made here: by position or by name, and what they say of it."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Any

from adexplain.codegen.names import Mangler, is_keyword, keywords
from adexplain.errors import CallError
from adexplain.evaluate.points import require_positional
from adexplain.program import Program

SHOWN_INPUTS = 200
"""Inputs up to which a signature is written out: longer ones cost as much as reading the text."""
SHOWN_TEXT = 60
"""Characters of a function's text in a docstring."""


def values_by_name(
    names: Sequence[str],
    positions: Sequence[Any],
    named: Mapping[str, Any],
    known: Mapping[str, Any] | None = None,
    what: str = "input",
) -> dict[str, Any]:
    """The values of a call by the names they belong to, by the rules of Python's own calls.

    Args:
        names: of the inputs or outputs, in their order.
        positions: the values without names.
        named: those with names, as Python hands them over or as they stand in a mapping.
        known: values from a mapping that was given beside them.
        what: what the names are names of.

    Raises:
        CallError: there are too many, one is given twice, or a name is unknown.
    """
    if len(positions) > len(names):
        raise CallError(
            f"{len(positions)} values for {len(names)} {what}s.", None, _known(names, what)
        )
    found = dict(known or {})
    found.update(zip(names, positions, strict=False))
    by_keyword = {**dict(zip(keywords(names), names, strict=True)), **{n: n for n in names}}
    for key, value in named.items():
        name = by_keyword.get(key)
        if name is None:
            raise CallError(f"There is no {what} `{key}`.", None, _known(names, what))
        if name in found:
            raise CallError(f"`{name}` is given twice.", None, "Give it one value.")
        found[name] = value
    return found


def _known(names: Sequence[str], what: str) -> str:
    if not names:
        return f"The function has no {what}."
    return f"The {what}s are {', '.join(names[:8])}{', …' if len(names) > 8 else ''}."


def values_in_order(
    names: Sequence[str], positions: Sequence[Any], named: Mapping[str, Any]
) -> list[Any]:
    """The values of a call, one for each name.

    Raises:
        CallError: one is missing, or as in ``values_by_name``.
    """
    found = values_by_name(names, positions, named)
    missing = next((name for name in names if name not in found), None)
    if missing is not None:
        raise CallError(f"`{missing}` has no value.", None, _known(names, "input"))
    return [found[name] for name in names]


def point_given(program: Program, at: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """The point of a call: one mapping, sequence or number, the numbers, or values by name.

    Raises:
        CallError: as in ``values_by_name``.
        InputError: some have no names, although it is not clear whose they are.
    """
    if not named:
        return at[0] if len(at) == 1 else at
    if len(at) == 1 and isinstance(at[0], Mapping):
        return values_by_name(program.input_names, (), named, at[0])
    if at:
        require_positional(program)
    return values_by_name(program.input_names, at, named)


def signature(names: Sequence[str], positional: bool = True) -> Signature | None:
    """The signature of a function of these inputs; None where it cannot be told, or is too long.

    Nothing is promised that would fail: a name that Python does not allow as a keyword makes the
    parameters up to it positional ones, although the others may be given by name all the same.
    """
    if len(names) > SHOWN_INPUTS:
        return None
    found = keywords(names)
    last = max((k for k, name in enumerate(found) if not is_keyword(name)), default=-1)
    if last >= 0 and not positional:
        return None
    mangler = Mangler(keyword.kwlist)
    rest = Parameter.POSITIONAL_OR_KEYWORD if positional else Parameter.KEYWORD_ONLY
    kinds = [Parameter.POSITIONAL_ONLY if k <= last else rest for k in range(len(found))]
    return Signature(
        [Parameter(mangler.identifier(name), kind) for name, kind in zip(found, kinds, strict=True)]
    )


def introduce(
    function: Callable[..., Any], name: str, says: str, parameters: Signature | None
) -> None:
    """Give a function that is made at run time its name, its docstring and its signature."""
    function.__name__ = function.__qualname__ = name
    function.__doc__ = says
    show_signature(function, parameters)


def show_signature(function: Callable[..., Any], parameters: Signature | None) -> None:
    """Let ``inspect.signature`` tell these parameters of a function; nothing changes for None."""
    if parameters is not None:
        function.__signature__ = parameters  # type: ignore[attr-defined]


def title(program: Program) -> str:
    """The beginning of the function's text, for a docstring."""
    text = " ".join(program.text[: SHOWN_TEXT + 1].split())
    if len(program.text) > SHOWN_TEXT:
        text = f"{text[:SHOWN_TEXT]}…"
    return f"``{text}``" if text else "a program"
