"""The "python" backend of ``compile``: straight-line code over floats.

The code is printed from the rule table and from mangled names, never copied from a user's text.
Python raises where the result of IEEE 754 arithmetic is infinity or nan. There, and where a
derivative is nan, the callable uses ``sweeps.compute_trace`` instead, which never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

from adexplain.codegen.calling import show_signature, signature
from adexplain.codegen.layout import layout
from adexplain.codegen.names import Mangler, keywords
from adexplain.codegen.writer import CodeWriter
from adexplain.evaluate.compiled_rows import NAMESPACE
from adexplain.evaluate.run import evaluate
from adexplain.evaluate.sweeps import compute_trace, jacobian
from adexplain.program import CONSTANT, INPUT, Builder, Program
from adexplain.transforms import adjoint, tangent
from adexplain.transforms.guards import ALWAYS
from adexplain.transforms.simplify import Simplifier

TESTS = 100
"""Maximum number of conditions in a generated expression; Python's parser fails at about 3,000."""

_GLOBALS: dict[str, Any] = {
    **NAMESPACE,
    "__builtins__": {},
    "ValueError": ValueError,
    "_failures": (ArithmeticError, ValueError, NameError, TypeError),
}


def derivative_program(program: Program, mode: str) -> Program:
    """The program to compile: its outputs are the values, then their derivatives.

    In reverse mode there is one sweep for each output, with its adjoint 1 folded into the rows, so
    that the derivatives are the rows of the Jacobian: the gradient where there is one output.
    """
    if mode == "primal":
        return program
    return tangent(program) if mode == "forward" else _gradients(program)


def _gradients(program: Program) -> Program:
    swept = adjoint(program)
    builder = Simplifier()
    inputs = [builder.input(name) for name in program.input_names]
    outputs: list[int] = []
    count = len(program.outputs)
    for seed in range(count):
        weights = [builder.constant(1.0 if k == seed else 0.0) for k in range(count)]
        places = _copy(swept, builder, [*inputs, *weights])
        if not seed:
            outputs = [places[slot] for slot in swept.outputs[:count]]
        outputs += [places[slot] for slot in swept.outputs[count:]]
    return builder.build(outputs, [f"out{k}" for k in range(len(outputs))])


def _copy(program: Program, builder: Simplifier, inputs: Sequence[int]) -> list[int]:
    """Append an adjoint program's rows to a builder; simplify only those that depend on a seed."""
    places = [0] * len(program.ops)
    seeded: set[int] = set()
    for place, slot in zip(inputs, program.inputs, strict=True):
        places[slot] = place
        if builder.nodes[place][0] is CONSTANT:
            seeded.add(slot)
    for slot, op in enumerate(program.ops):
        args = program.args[slot]
        if op is CONSTANT:
            places[slot] = builder.constant(program.constants[slot])
        elif op is not INPUT:
            moved = [places[arg] for arg in args]
            if seeded.isdisjoint(args):
                places[slot] = Builder.row(builder, op, *moved)
            else:
                seeded.add(slot)
                places[slot] = builder.row(op, *moved)
    return places


def compile_python(program: Program, mode: str) -> Callable[..., Any]:
    """A function of floats; see ``adexplain.codegen.compile``."""
    namespace = dict(_GLOBALS)
    namespace["_interpreted"] = interpreted(program, mode)
    target = derivative_program(program, mode)
    exec(_source(target, len(program.outputs), mode), namespace)
    function: FunctionType = namespace["compiled"]
    _name_parameters(function, keywords(target.input_names))
    return function


def _name_parameters(function: FunctionType, names: Sequence[str]) -> None:
    """Let calls use the inputs' own names, also where the code has to call them something else."""
    code = function.__code__
    variables = (*names, *code.co_varnames[len(names) :])
    if variables != code.co_varnames:
        function.__code__ = code.replace(co_varnames=variables)
        show_signature(function, signature(names))


def python_source(program: Program, mode: str) -> str:
    """The source of ``compile_python``'s function, named ``compiled``."""
    return _source(derivative_program(program, mode), len(program.outputs), mode)


def _source(target: Program, count: int, mode: str) -> str:
    """The source of a derivative program, the first ``count`` of whose outputs are the values."""
    mangler = Mangler()
    parameters = [mangler.identifier(name) for name in target.input_names]
    variables = dict(zip(target.inputs, parameters, strict=True))
    for slot in target.rows:
        variables[slot] = mangler.identifier(f"v{slot}")
    slopes = [] if mode == "primal" else list(target.outputs[count:])
    arranged = layout(target, keep=slopes)
    writer = CodeWriter(target, variables.__getitem__, arranged, fast=True)
    lines = []
    for guard, slots in arranged.blocks():
        writer.enter(guard)
        indent = "        "
        if guard != ALWAYS:
            lines.append(f"{indent}if {writer.guard(guard)}:")
            indent += "    "
        lines += [f"{indent}{variables[slot]} = {writer.row(slot).text}" for slot in slots]
    writer.enter(ALWAYS)
    outputs = [writer.operand(slot).text for slot in target.outputs]
    changing = [variables[slot] for slot in dict.fromkeys(slopes) if slot in variables]
    lines += _return(_shape(outputs, count, mode), changing)
    arguments = ", ".join(parameters)
    return "\n".join(
        [
            f"def compiled({arguments}):",
            "    try:",
            *lines,
            "    except _failures:",
            "        pass",
            f"    return _interpreted({arguments})",
            "",
        ]
    )


def _return(result: str, slopes: list[str]) -> list[str]:
    """The lines that return the result if no derivative is nan (only nan differs from itself).

    A sweep only multiplies and adds, so a 0·∞ in any of its rows makes the derivative nan.
    """
    indent = "        "
    tests = [f"{slope} == {slope}" for slope in slopes]
    if not tests:
        return [f"{indent}return {result}"]
    if len(tests) <= TESTS:
        return [f"{indent}if {' and '.join(tests)}:", f"{indent}    return {result}"]
    lines = []
    for k in range(0, len(tests), TESTS):
        lines.append(f"{indent}if not ({' and '.join(tests[k : k + TESTS])}):")
        lines.append(f"{indent}    raise ValueError")
    return [*lines, f"{indent}return {result}"]


def _tuple(texts: Sequence[str]) -> str:
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"


def _shape(outputs: list[str], count: int, mode: str) -> str:
    """The expression that is returned: value, or value and derivatives, as nested tuples."""
    values, slopes = outputs[:count], outputs[count:]
    value = values[0] if count == 1 else _tuple(values)
    if mode == "primal":
        return value
    if mode == "forward":
        return f"{value}, {slopes[0] if count == 1 else _tuple(slopes)}"
    if count == 1:
        return f"{value}, {_tuple(slopes)}"
    width = len(slopes) // count
    rows = [_tuple(slopes[k * width : (k + 1) * width]) for k in range(count)]
    return f"{value}, {_tuple(rows)}"


def interpreted(program: Program, mode: str) -> Callable[..., Any]:
    """The same function without compiled code: slower, but by IEEE 754 arithmetic throughout."""
    count, width = len(program.outputs), len(program.inputs)

    def primal(*point: float) -> Any:
        values = evaluate(program, [float(x) for x in point])
        found = tuple(values[slot] for slot in program.outputs)
        return found[0] if count == 1 else found

    def forward(*arguments: float) -> Any:
        numbers = [float(x) for x in arguments]
        trace = compute_trace(program, numbers[:width], numbers[width:], [0.0] * count)
        values = tuple(trace.values[slot] for slot in program.outputs)
        slopes = tuple(trace.tangents[slot] for slot in program.outputs)
        return (values[0], slopes[0]) if count == 1 else (values, slopes)

    def reverse(*point: float) -> Any:
        seed = [1.0] + [0.0] * (count - 1)
        trace = compute_trace(program, [float(x) for x in point], [0.0] * width, seed)
        values = tuple(trace.values[slot] for slot in program.outputs)
        if count == 1:
            return values[0], tuple(trace.adjoints[slot] for slot in program.inputs)
        return values, tuple(tuple(row) for row in jacobian(trace, "reverse"))

    return {"primal": primal, "forward": forward, "reverse": reverse}[mode]
