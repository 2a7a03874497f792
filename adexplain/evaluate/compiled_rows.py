"""Compiled functions per primitive, which return its value and its partials together.

``sweeps.compute_trace`` calls them. They are printed from the table and compiled once per process.
The text executed here comes from ``rule_table.py`` alone, never from a user.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from adexplain.language.printing import PythonWriter
from adexplain.primitives.attributes import split
from adexplain.primitives.ieee import CALLED
from adexplain.primitives.primitive import PRIMITIVES, parameters
from adexplain.program import SYMBOLS, Builder, Program
from adexplain.transforms.partials import SharedCall, Template, partial

NAMESPACE: dict[str, Any] = {**CALLED, **SYMBOLS}
"""What generated code may call: the kernels and the named constants."""


class CompiledCalls(dict[str, Callable[..., Any] | None]):
    """Primitive → ``compile_row`` for one pattern of active arguments, compiled at first use.

    None where an active argument has no edge, so that each call here returns a partial for every
    active argument.
    """

    def __init__(self, active: tuple[int, ...], count: int) -> None:
        super().__init__()
        self.active = active
        self.count = count

    def __missing__(self, op: str) -> Callable[..., Any] | None:
        complete = all(partial(op, position) is not None for position in self.active)
        call = self[op] = compile_row(op, self.active, self.count) if complete else None
        return call


UNARY = CompiledCalls((0,), 1)
"""Primitives of one argument, which is active."""
BOTH, LEFT, RIGHT = CompiledCalls((0, 1), 2), CompiledCalls((0,), 2), CompiledCalls((1,), 2)
"""Primitives of two arguments: both, only the first, or only the second active."""


def value_and_partials(
    op: str, arguments: Sequence[float], positions: Sequence[int]
) -> tuple[float, Sequence[float]]:
    """The value of a row, and its partials by the arguments at positions where it has an edge."""
    if not positions:
        return compile_row(op, (), len(arguments))(*arguments), ()
    if PRIMITIVES[op].variadic:
        value, slopes = _compile_any_count(op)(arguments, [arguments[k] for k in positions])
        return value, slopes
    value, *slopes = compile_row(op, tuple(positions), len(arguments))(*arguments)
    return value, slopes


@cache
def compile_row(op: str, positions: tuple[int, ...], count: int) -> Callable[..., Any]:
    """Compile a primitive of ``count`` arguments.

    ``call(*arguments)`` returns the value and the partials at the positions, as one tuple; the
    value alone where there are none.
    """
    names = parameters(PRIMITIVES[op], count)
    calls: list[SharedCall] = []
    results = ["y"]
    for position in positions:
        template = partial(op, position)
        assert template is not None
        calls += [call for call in template.shared if call not in calls]
        results.append(_expression(template, template.own(names, position), calls))
    body = [f"y = {_value(op, count)}", *_shared(calls, names), f"return {', '.join(results)}"]
    return _compiled(f"def row({', '.join(names)}):", body)


@cache
def _compile_any_count(op: str) -> Callable[..., Any]:
    """Compile a primitive of any number of arguments.

    ``call(arguments, active)`` returns the value and the list of the partials by the arguments
    ``active``.
    """
    template = partial(op, 0)
    assert template is not None
    calls = list(template.shared)
    slope = _expression(template, ("a",), calls)
    body = [
        f"y = {PRIMITIVES[op].call(['*arguments'], split(op)[0])}",
        *_shared(calls, ("*arguments",)),
        f"return y, [{slope} for a in active]",
    ]
    return _compiled("def row(arguments, active):", body)


def _compiled(head: str, body: list[str]) -> Callable[..., Any]:
    namespace = dict(NAMESPACE)
    exec("\n    ".join([head, *body]), namespace)
    function: Callable[..., Any] = namespace["row"]
    return function


def _shared(calls: list[SharedCall], names: Sequence[str]) -> list[str]:
    """The lines that compute the calls over all arguments."""
    return [
        f"s{number} = {call.op}({', '.join(call.arguments(names, 'y'))})"
        for number, call in enumerate(calls, 1)
    ]


def _value(op: str, count: int) -> str:
    builder = Builder()
    names = parameters(PRIMITIVES[op], count)
    slot = builder.row(op, *(builder.input(name) for name in names))
    text = PythonWriter(builder.build([slot]), lambda arg: names[arg]).row(slot).text
    return f"1.0 if {text} else 0.0" if PRIMITIVES[op].is_condition else text


def _expression(template: Template, own: Sequence[str], calls: list[SharedCall]) -> str:
    """A partial as one Python expression of the arguments, y and the calls over all arguments."""
    program = template.program
    shared = (f"s{calls.index(call) + 1}" for call in template.shared)
    return python_expression(program, (*own, "y", *shared))


def python_expression(program: Program, names: Sequence[str]) -> str:
    """The output of a program as one Python expression of its inputs, under these names."""
    variables = dict(zip(program.inputs, names, strict=True))
    out = program.outputs[0]
    if out in program.constants:
        return repr(float(program.constants[out].value))
    return PythonWriter(program, lambda slot: variables[slot], program.rows).operand(out).text
