"""One compiled function per primitive, which returns its value and its partials together.

``sweeps.compute_trace`` calls them. They are printed from the table and compiled once per process.
The text executed here comes from ``rule_table.py`` alone, never from a user.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from adexplain.language.printing import PythonWriter
from adexplain.primitives.ieee import CALLED
from adexplain.primitives.primitive import PRIMITIVES, parameters
from adexplain.program import SYMBOLS, Builder, Program
from adexplain.transforms.partials import partial

NAMESPACE: dict[str, Any] = {**CALLED, **SYMBOLS}
"""What generated code may call: the kernels and the named constants."""


class CompiledRow(NamedTuple):
    """A compiled primitive, for one pattern of active arguments.

    Attributes:
        call: ``call(*arguments)`` returns the value and the partial of each edge, as one tuple; the
            value alone where there is no edge.
        edges: positions of the active arguments whose partial is not the constant 0.
        partials: the partial of each edge as a program.
    """

    call: Callable[..., Any]
    edges: tuple[int, ...]
    partials: tuple[Program, ...]


class CompiledCalls(dict[str, Callable[..., Any] | None]):
    """Primitive → ``CompiledRow.call`` for one pattern of active arguments, compiled at first use.

    None where an active argument has no edge, so that each call here returns a partial for every
    active argument.
    """

    def __init__(self, mask: int, count: int) -> None:
        super().__init__()
        self.mask = mask
        self.count = count

    def __missing__(self, op: str) -> Callable[..., Any] | None:
        row = compile_row(op, self.mask, self.count)
        complete = sum(1 << position for position in row.edges) == self.mask
        call = self[op] = row.call if complete else None
        return call


UNARY = CompiledCalls(1, 1)
"""Primitives of one argument, which is active."""
BOTH, LEFT, RIGHT = CompiledCalls(3, 2), CompiledCalls(1, 2), CompiledCalls(2, 2)
"""Primitives of two arguments: both, only the first, or only the second active."""


@cache
def compile_row(op: str, mask: int, count: int) -> CompiledRow:
    """Compile a primitive of ``count`` arguments; bit i of ``mask``: argument i is active."""
    names = parameters(PRIMITIVES[op], count)
    found = [(i, partial(op, count, i)) for i in range(count) if mask >> i & 1]
    edges = tuple(i for i, template in found if template is not None)
    templates = tuple(template for _, template in found if template is not None)
    results = ["y", *(_expression(template) for template in templates)]
    body = [f"y = {_value(op, count)}", f"return {', '.join(results)}"]
    lines = "\n    ".join([f"def row({', '.join(names)}):", *body])
    namespace = dict(NAMESPACE)
    exec(lines, namespace)
    return CompiledRow(namespace["row"], edges, templates)


def _value(op: str, count: int) -> str:
    builder = Builder()
    names = parameters(PRIMITIVES[op], count)
    slot = builder.row(op, *(builder.input(name) for name in names))
    text = PythonWriter(builder.build([slot]), lambda arg: names[arg]).row(slot).text
    return f"1.0 if {text} else 0.0" if PRIMITIVES[op].is_condition else text


def _expression(template: Program) -> str:
    """A partial as one Python expression of the arguments and y."""
    names = dict(zip(template.inputs, template.input_names, strict=True))
    text = PythonWriter(template, lambda slot: names[slot], template.rows).operand(
        template.outputs[0]
    )
    return repr(float(text.text)) if template.outputs[0] in template.constants else text.text
