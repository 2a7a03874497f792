"""One compiled function per primitive: its value and its partials together.

They are printed from the table once per process and are what the fast loop runs. The text that is
executed here comes from ``rules.py`` alone, never from a user.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from adexplain import kernels
from adexplain.primitives import PRIMITIVES, parameters
from adexplain.printing import PythonWriter
from adexplain.program import SYMBOLS, Builder, Program
from adexplain.transforms.partials import partial

NAMESPACE: dict[str, Any] = {name: getattr(kernels, name) for name in kernels.__all__} | SYMBOLS
"""What generated code may call: the kernels and the named constants."""


OTHER, UNARY, BOTH, LEFT, RIGHT = range(5)
_SHAPES = {(1, (0,)): UNARY, (2, (0, 1)): BOTH, (2, (0,)): LEFT, (2, (1,)): RIGHT}


class Step(NamedTuple):
    """A primitive applied to active and inactive arguments.

    ``call(*arguments)`` returns the value followed by the partial of each edge, or the bare value
    where there is no edge. ``edges`` are the positions of the arguments that have one. ``shape``
    tells the loop what to expect: UNARY, BOTH, LEFT or RIGHT of two arguments, or OTHER.
    """

    call: Callable[..., Any]
    shape: int
    edges: tuple[int, ...]
    partials: tuple[Program, ...]


STEPS: dict[tuple[str, int, int], Step] = {}
"""The steps compiled so far; ``step_for`` fills it."""


def step_for(op: str, mask: int, count: int) -> Step:
    """Compile the step of a primitive; bit i of ``mask`` says that argument i is active."""
    step = STEPS[op, mask, count] = _compile(op, mask, count)
    return step


def _compile(op: str, mask: int, count: int) -> Step:
    names = parameters(PRIMITIVES[op], count)
    found = [(i, partial(op, count, i)) for i in range(count) if mask >> i & 1]
    edges = tuple(i for i, template in found if template is not None)
    templates = tuple(template for _, template in found if template is not None)
    results = ["y", *(_expression(template) for template in templates)]
    body = [f"y = {_value(op, count)}", f"return {', '.join(results)}"]
    lines = "\n    ".join([f"def step({', '.join(names)}):", *body])
    namespace = dict(NAMESPACE)
    exec(lines, namespace)
    return Step(namespace["step"], _SHAPES.get((count, edges), OTHER), edges, templates)


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
