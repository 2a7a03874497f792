"""``Arithmetic``: how the rows of the table are computed in one type of number.

Where a number type finds the function of a primitive is said here once: a function of its own; the
operator that the row is written with; a function that works on numbers of any type; the function of
that name in the number type's library; the formula in the table's ``exact`` column. So a new row
with an ``exact`` formula works in every number type, with its derivatives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from adexplain.errors import AdexplainError
from adexplain.evaluate.run import NumberType, evaluate, run
from adexplain.primitives.operators import operator_of
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Constant, Program
from adexplain.transforms.partials import read_rule

Function = Callable[..., Any]


class NoFormError(AdexplainError):
    """A primitive that a number type has no function for."""


def _share(y: Any, a: Any, *arguments: Any) -> Fraction:
    return Fraction(1, arguments.count(y)) if a == y else Fraction(0)


def _ties(y: Any, *arguments: Any) -> Fraction:
    return Fraction(arguments.count(y))


_FOR_ANY_NUMBER: dict[str, Function] = {
    "identity": lambda a: a,
    "abs": abs,
    "min": min,
    "max": max,
    "share": _share,
    "ties": _ties,
    "where": lambda a, b, c: b if a else c,
}
"""Primitives that are neither operators nor formulas, as functions of anything with operators."""


class Arithmetic(NumberType):
    """A type of number that looks up its functions, each at its first use."""

    def __init__(
        self,
        constant: Callable[[Constant], Any],
        number: Callable[[Any], Any],
        own: Mapping[str, Function],
        library: Callable[[str], Function | None] = lambda name: None,
        guard: Callable[[str, Function], Function] = lambda name, function: function,
    ) -> None:
        """Describe a type of number.

        Args:
            constant, number: see ``NumberType``.
            own: primitives that need special care in it.
            library: a name → the function that computes the primitive of that name, or None.
            guard: primitive and its function → the function that is called.
        """
        super().__init__(_Functions(self), constant, number)
        self.own, self._library, self._guard = own, library, guard

    def find(self, name: str) -> Function:
        """The function of a primitive; it raises ``NoFormError`` where there is none."""
        return self._guard(name, self._converted(name, self._unguarded(name)))

    def _unguarded(self, name: str) -> Function:
        primitive = PRIMITIVES[name]
        found = (
            self.own.get(name)
            or operator_of(primitive)
            or _FOR_ANY_NUMBER.get(name)
            or (None if primitive.variadic else self._library(name))
        )
        if found is not None:
            return found
        if primitive.exact == primitive.value:
            return _missing(name)
        return Formula(self, name)

    def _converted(self, name: str, function: Function) -> Function:
        """The function, with a number of this type in place of a bool or a fraction."""
        if PRIMITIVES[name].is_condition:
            return lambda *args: self.number(Fraction(bool(function(*args))))
        if function in (_share, _ties):
            return lambda *args: self.number(function(*args))
        return function


class _Functions(dict[str, Function]):
    def __init__(self, arithmetic: Arithmetic) -> None:
        super().__init__()
        self.arithmetic = arithmetic

    def __missing__(self, name: str) -> Function:
        function = self.arithmetic.find(name)
        if name in PRIMITIVES:  # of keys with attributes there may be any number
            self[name] = function
        return function


class Formula:
    """A primitive by the formula in the table's ``exact`` column."""

    def __init__(self, arithmetic: Arithmetic, name: str) -> None:
        self.arithmetic, self.name = arithmetic, name

    def __call__(self, *args: Any) -> Any:
        """The value, where the numbers themselves can decide between branches."""
        return self.along(args, None)

    def along(self, args: Sequence[Any], known: Sequence[Any] | None) -> Any:
        """The value; ``known`` are the arguments as floats, if those decide between branches."""
        rule = read_exact(self.name, len(args))
        branches = None if known is None else evaluate(rule, [*map(float, known), 0.0])
        # The formula is one of the arguments alone; its last input, the result, is not used.
        values = run(rule, [*args, args[0]], self.arithmetic, branches)
        return values[rule.outputs[0]]


def _missing(name: str) -> Function:
    def raising(*_: Any) -> Any:
        raise NoFormError(f"There is no formula for {name} in terms of known functions.")

    return raising


@cache
def read_exact(name: str, count: int) -> Program:
    """The ``exact`` column of a primitive of ``count`` arguments, as a program of them and y."""
    primitive = PRIMITIVES[name]
    return read_rule(primitive, primitive.exact, count)
