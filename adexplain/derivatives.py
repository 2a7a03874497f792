"""Derivatives of a function as plain numbers: ``grad``, ``jvp``, ``vjp``, ``hessian`` and others.

A function is text or a ``Program``. A point is a mapping by name, a sequence in the order of the
inputs, or the arguments themselves, as in ``grad(f)(2, 5)`` and ``grad(f)(x=2, y=5)``; numbers may
be text such as "pi/3". Values without names are refused where it is not clear whose they are
(``Program.positional``). What has one number for each input comes back in the shape of the point: a
dict for a mapping or values by name, a list for a sequence or several numbers, a float for a single
number. One value for each output is a float where there is one output, else a list. Matrices are
lists of rows, in the program's order, which the signature of the function shows.

Where the value is undefined (nan), so is every derivative, whatever its formula would give.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from inspect import Signature
from typing import Any

from adexplain import budgets
from adexplain.codegen.calling import introduce, point_given, signature, title, values_by_name
from adexplain.codegen.fast import compile_python, derivative_program, interpreted
from adexplain.errors import BudgetError, InputError
from adexplain.evaluate.points import Number, Point, number, point_of
from adexplain.evaluate.sweeps import Trace, compute_trace, sweep_adjoints
from adexplain.evaluate.sweeps import jacobian as trace_jacobian
from adexplain.frontends.as_program import as_program
from adexplain.program import Program
from adexplain.transforms import tangent

COMPILED_ROWS = 2_000
"""Rows up to which a function is compiled for repeated use; longer ones run in the evaluator."""


class _Function:
    """A program with its compiled derivative, made at the first use."""

    def __init__(self, f: str | Program) -> None:
        self.program = as_program(f)

    def require_one_output(self, wanted: str) -> None:
        """Raise InputError where the function has several outputs."""
        count = len(self.program.outputs)
        if count != 1:
            raise InputError(
                f"A {wanted} is that of one output; this function has {count}.",
                None,
                "Use jacobian, or pick one output.",
            )

    @cached_property
    def signature(self) -> Signature | None:
        """That of a function of a point."""
        return signature(self.program.input_names, self.program.positional)

    @cached_property
    def weights_signature(self) -> Signature | None:
        """That of a pullback: every weight has a default."""
        names = self.program.output_names
        found = signature(names)
        if found is None:
            return None
        default = 1.0 if len(names) == 1 else 0.0
        weights = [weight.replace(default=default) for weight in found.parameters.values()]
        return found.replace(parameters=weights)

    @cached_property
    def title(self) -> str:
        """The function's text, or its beginning."""
        return title(self.program)

    def introduce(self, made: Callable[..., Any], name: str, what: str) -> None:
        """Let a function of a point say what it is and what it takes."""
        point = "a point" if self.program.positional else "a point that is given by name"
        introduce(made, name, f"{what} of {self.title} at {point}.", self.signature)

    @cached_property
    def value_and_gradient(self) -> Callable[..., tuple[Any, tuple[float, ...]]]:
        small = len(self.program.rows) <= COMPILED_ROWS
        return (compile_python if small else interpreted)(self.program, "reverse")

    @cached_property
    def directional_gradient(self) -> Callable[..., tuple[float, ...]]:
        """(x…, d…) → the gradient's derivative in the direction d: tangent of the adjoint."""
        width = len(self.program.inputs)
        second = tangent(derivative_program(self.program, "reverse"))
        wanted = (0, *range(len(second.outputs) - width, len(second.outputs)))
        second.outputs = tuple(second.outputs[k] for k in wanted)
        second.output_names = tuple(second.output_names[k] for k in wanted)
        small = len(second.rows) <= 4 * COMPILED_ROWS
        function = (compile_python if small else interpreted)(second, "primal")

        def product(point: Sequence[float], direction: Sequence[float]) -> tuple[float, ...]:
            found: tuple[float, ...] = function(*point, *direction)
            return found[1:] if found[0] == found[0] else (math.nan,) * width

        return product

    def trace(self, point: Sequence[float], direction: Sequence[float] | None = None) -> Trace:
        outputs = len(self.program.outputs)
        zeros = [0.0] * len(point)
        return compute_trace(self.program, point, direction or zeros, [1.0] + [0.0] * (outputs - 1))

    def values(self, trace: Trace) -> list[float]:
        found = (trace.values[slot] for slot in self.program.outputs)
        return [math.nan if value is None else value for value in found]


def _function(f: str | Program) -> _Function:
    """The function, from a cache with what was compiled for it; long ones are not cached."""
    short = len(f) <= 10_000 if isinstance(f, str) else isinstance(f, Program)
    if short and not (isinstance(f, Program) and len(f.rows) > COMPILED_ROWS):
        return _cached_function(f)
    return _Function(f)


@lru_cache(maxsize=32)
def _cached_function(f: str | Program) -> _Function:
    return _Function(f)


def value_and_grad(f: str | Program) -> Callable[..., tuple[float, Any]]:
    """A function of a point that returns the value and the gradient in the shape of the point.

    Raises:
        InputError: ``f`` cannot be read or has several outputs; later, the point does not fit.
    """
    function = _function(f)
    evaluated = _value_and_gradient(function)
    function.introduce(evaluated, "value_and_gradient", "Value and gradient")
    return evaluated


def grad(f: str | Program) -> Callable[..., Any]:
    """A function of a point that returns the gradient in the shape of the point.

    >>> grad("x**3")(2)
    12.0
    >>> grad("x**2*y")(x=3, y=4)
    {'x': 24.0, 'y': 9.0}
    """
    function = _function(f)
    value_and_gradient = _value_and_gradient(function)

    def gradient(*at: Any, **named: Any) -> Any:
        return value_and_gradient(*at, **named)[1]

    function.introduce(gradient, "gradient", "Gradient")
    return gradient


def _value_and_gradient(function: _Function) -> Callable[..., tuple[float, Any]]:
    function.require_one_output("gradient")
    program = function.program

    def evaluated(*at: Any, **named: Any) -> tuple[float, Any]:
        given = point_given(program, at, named)
        value, slopes = function.value_and_gradient(*point_of(program, given))
        return value, _shaped(program, given, _nan_if_undefined([value], slopes))

    return evaluated


def jvp(f: str | Program, primals: Point, tangents: Point) -> tuple[Any, Any]:
    """Value and directional derivative: the Jacobian times ``tangents``, in one forward sweep."""
    function = _function(f)
    program = function.program
    point, direction = point_of(program, primals), _direction(program, tangents)
    trace = function.trace(point, direction)
    values = function.values(trace)
    slopes = [trace.tangents[slot] or 0.0 for slot in program.outputs]
    return _by_output(values), _by_output(
        [slope if value == value else math.nan for value, slope in zip(values, slopes, strict=True)]
    )


def vjp(f: str | Program, /, *primals: Any, **named: Any) -> tuple[Any, Callable[..., Any]]:
    """The value, and a function from weights of the outputs to the gradient of the weighted sum.

    The point is given like that of ``grad``: ``vjp(f, 2, 3)`` or ``vjp(f, x=2, y=3)``. The weights
    are a number for each output (by default 1 for a single output), in order or by name; by name,
    those left out are 0. Each call is one reverse sweep over partials that were computed once.
    """
    function = _function(f)
    program = function.program
    given = point_given(program, primals, named)
    trace = function.trace(point_of(program, given))
    values = function.values(trace)

    def pullback(*weights: Any, **named: Any) -> Any:
        seed = _weights(program, weights, named)
        adjoints, _ = sweep_adjoints(trace, seed)
        used = [value for value, weight in zip(values, seed, strict=True) if weight]
        slopes = [adjoints[slot] or 0.0 for slot in program.inputs]
        return _shaped(program, given, _nan_if_undefined(used, slopes))

    says = f"Gradient of the weighted sum of the outputs of {function.title}, of the weights."
    introduce(pullback, "pullback", says, function.weights_signature)
    return _by_output(values), pullback


def jacobian(f: str | Program, mode: str | None = None) -> Callable[..., list[list[float]]]:
    """A function of a point that returns the Jacobian: a row for each output.

    Args:
        f: the function.
        mode: "reverse" computes it row by row, "forward" column by column; None the cheaper.
    """
    if mode not in (None, "forward", "reverse"):
        raise InputError(f"There is no mode `{mode}`.", None, "The modes are forward and reverse.")
    function = _function(f)
    program = function.program
    _check_size(len(program.outputs) * len(program.inputs), "Jacobian")

    def matrix(*at: Any, **named: Any) -> list[list[float]]:
        trace = function.trace(point_of(program, point_given(program, at, named)))
        rows = trace_jacobian(trace, mode or "")
        pairs = zip(function.values(trace), rows, strict=True)
        return [_nan_if_undefined([value], row) for value, row in pairs]

    function.introduce(matrix, "jacobian", "Jacobian")
    return matrix


def hvp(f: str | Program, primals: Point, v: Point) -> Any:
    """The Hessian times a vector, in the shape of the point, at a small multiple of f's cost.

    Forward mode over reverse mode: the tangent of the adjoint program. Source: B. A. Pearlmutter,
    Fast exact multiplication by the Hessian (1994).
    """
    function = _function(f)
    function.require_one_output("Hessian")
    program = function.program
    point, direction = point_of(program, primals), _direction(program, v)
    found = list(function.directional_gradient(point, direction))
    return _shaped(program, primals, found)


def hessian(f: str | Program) -> Callable[..., list[list[float]]]:
    """A function of a point that returns the Hessian, one column for each direction.

    The columns are exact Hessian-vector products. By rounding, the two orders of differentiation
    may differ in the last digit; the lower triangle is used for both, so that the matrix is
    symmetric.
    """
    function = _function(f)
    function.require_one_output("Hessian")
    program = function.program
    width = len(program.inputs)
    _check_size(width * width, "Hessian")

    def matrix(*at: Any, **named: Any) -> list[list[float]]:
        point = point_of(program, point_given(program, at, named))
        columns = [
            function.directional_gradient(point, [float(k == j) for k in range(width)])
            for j in range(width)
        ]
        return [[columns[min(i, j)][max(i, j)] for j in range(width)] for i in range(width)]

    function.introduce(matrix, "hessian", "Hessian")
    return matrix


def _direction(program: Program, given: Point) -> list[float]:
    """One number for each input; inputs left out of a mapping are 0."""
    if isinstance(given, Mapping):
        return _named(program.input_names, given, "input")
    return point_of(program, given)


def _weights(program: Program, positions: Sequence[Any], named: Mapping[str, Any]) -> list[float]:
    """One weight for each output, from the arguments of a pullback."""
    names = program.output_names
    first = positions[0] if len(positions) == 1 else None
    known = first if isinstance(first, Mapping) else None
    if named:
        known = values_by_name(names, () if known else positions, named, known, "output")
    if known is not None:
        return _named(names, known, "output")
    if not positions and len(names) == 1:
        return [1.0]
    plain = first is None or isinstance(first, (int, float, str))
    weights = list(positions if plain else positions[0])
    if len(weights) != len(names):
        raise InputError(
            f"{len(weights)} weights for {len(names)} outputs.",
            None,
            f"Give one each for {', '.join(names[:8])}.",
        )
    return [
        number(weight, f"the weight of {name}") for weight, name in zip(weights, names, strict=True)
    ]


def _named(names: Sequence[str], given: Mapping[str, Number], what: str) -> list[float]:
    unknown = next((name for name in given if name not in names), None)
    if unknown is not None:
        hint = f"The {what}s are {', '.join(names[:8])}."
        raise InputError(f"`{unknown}` is no {what}.", None, hint)
    return [number(given.get(name, 0.0), name) for name in names]


def _shaped(program: Program, given: Any, found: Sequence[float]) -> Any:
    if isinstance(given, Mapping):
        return dict(zip(program.input_names, found, strict=True))
    single = isinstance(given, str) or not hasattr(given, "__len__")
    return found[0] if single and len(found) == 1 else list(found)


def _by_output(found: Sequence[float]) -> Any:
    return found[0] if len(found) == 1 else list(found)


def _nan_if_undefined(values: Sequence[float], slopes: Sequence[float]) -> list[float]:
    """The derivatives; all nan where one of the values they belong to is undefined."""
    return [math.nan] * len(slopes) if any(v != v for v in values) else list(slopes)


def _check_size(entries: int, what: str) -> None:
    if entries > budgets.JACOBIAN_ENTRIES:
        raise BudgetError(
            f"The {what} has {entries:,} entries, more than {budgets.JACOBIAN_ENTRIES:,}.",
            None,
            "Ask for its products with vectors instead: jvp, vjp, hvp.",
        )
