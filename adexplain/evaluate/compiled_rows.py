"""One compiled function per primitive: its value and its partials together.

They are printed from the table once per process and are what the fast loop runs. The text that is
executed here comes from ``rules.py`` alone, never from a user.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from adexplain.language.printing import PythonWriter
from adexplain.primitives import kernels
from adexplain.primitives.table import PRIMITIVES, parameters
from adexplain.program import SYMBOLS, Builder, Program
from adexplain.transforms.partials import partial

NAMESPACE: dict[str, Any] = {name: getattr(kernels, name) for name in kernels.__all__} | SYMBOLS
"""What generated code may call: the kernels and the named constants."""


class Step(NamedTuple):
    """A primitive applied to active and inactive arguments.

    ``call(*arguments)`` returns the value followed by the partial of each edge, or the bare value
    where there is no edge. ``edges`` are the positions of the arguments that have one.
    """

    call: Callable[..., Any]
    edges: tuple[int, ...]
    partials: tuple[Program, ...]


class Calls(dict[str, Callable[..., Any] | None]):
    """Primitive → its step's function, for one pattern of active arguments.

    Compiled when first asked for; None where some active argument has no edge, so that the loop
    need not know how many partials come back.
    """

    def __init__(self, mask: int, count: int) -> None:
        super().__init__()
        self.mask = mask
        self.count = count

    def __missing__(self, op: str) -> Callable[..., Any] | None:
        step = step_for(op, self.mask, self.count)
        plain = sum(1 << position for position in step.edges) == self.mask
        call = self[op] = step.call if plain else None
        return call


UNARY, BOTH, LEFT, RIGHT = Calls(1, 1), Calls(3, 2), Calls(1, 2), Calls(2, 2)
"""The steps of one argument, and of two of which both or one is active."""


@cache
def step_for(op: str, mask: int, count: int) -> Step:
    """Compile the step of a primitive; bit i of ``mask`` says that argument i is active."""
    names = parameters(PRIMITIVES[op], count)
    found = [(i, partial(op, count, i)) for i in range(count) if mask >> i & 1]
    edges = tuple(i for i, template in found if template is not None)
    templates = tuple(template for _, template in found if template is not None)
    results = ["y", *(_expression(template) for template in templates)]
    body = [f"y = {_value(op, count)}", f"return {', '.join(results)}"]
    lines = "\n    ".join([f"def step({', '.join(names)}):", *body])
    namespace = dict(NAMESPACE)
    exec(lines, namespace)
    return Step(namespace["step"], edges, templates)


def _value(op: str, count: int) -> str:
    builder = Builder()
    names = parameters(PRIMITIVES[op], count)
    slot = builder.row(op, *(builder.input(name) for name in names))
    text = PythonWriter(builder.build([slot]), lambda arg: names[arg]).row(slot).text
    is_condition = PRIMITIVES[op].symbol in ("<", "<=", ">", ">=", "==", "!=", "and", "or", "not")
    return f"1.0 if {text} else 0.0" if is_condition else text


def _expression(template: Program) -> str:
    """A partial as one Python expression of the arguments and y."""
    names = dict(zip(template.inputs, template.input_names, strict=True))
    text = PythonWriter(template, lambda slot: names[slot], template.rows).operand(
        template.outputs[0]
    )
    return repr(float(text.text)) if template.outputs[0] in template.constants else text.text
