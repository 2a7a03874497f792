"""The gradient by each method, with a note on how it was made and why parts of it are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adexplain.comparison import differences
from adexplain.comparison.complex_step import STEP as COMPLEX_STEP
from adexplain.comparison.complex_step import complex_step
from adexplain.comparison.differences import Difference
from adexplain.comparison.symbolic import Symbolic
from adexplain.evaluate.sweeps import Trace, sweep_tangents
from adexplain.program import Program

Gradient = dict[str, float | None]
Positions = Mapping[str, int]
"""The inputs that are compared, each with its position among all inputs."""

DIFFERENCES = {
    "Richardson": differences.richardson,
    "Central difference": differences.central,
    "Forward difference": differences.forward,
}


@dataclass(frozen=True, slots=True)
class Method:
    """One method's gradient, how it was made, and why parts of it are missing."""

    name: str
    note: str
    gradient: Gradient
    message: str = ""


def reverse(trace: Trace, positions: Positions) -> Method:
    """The adjoints of one reverse sweep."""
    slots = trace.program.inputs
    gradient: Gradient = {name: trace.adjoints[slots[k]] for name, k in positions.items()}
    return Method("Reverse AD", "one sweep", gradient)


def forward(trace: Trace, positions: Positions) -> Method:
    """The tangents of one forward sweep for each input."""
    program = trace.program
    gradient: Gradient = {}
    for name, position in positions.items():
        seed = [float(k == position) for k in range(len(program.inputs))]
        gradient[name] = sweep_tangents(trace, seed)[program.outputs[0]]
    count = len(positions)
    return Method("Forward AD", "one sweep" if count == 1 else f"{count} sweeps", gradient)


def symbolic(found: Symbolic, positions: Positions) -> Method:
    """SymPy's derivatives, evaluated."""
    gradient: Gradient = {
        name: float(found.values[name]) if name in found.values else None for name in positions
    }
    operations = sum(f.operations for n, f in found.formulas.items() if n in gradient)
    note = f"SymPy, {operations} operations" if found.formulas else "SymPy"
    return Method("Symbolic", note, gradient, found.message or _joined(found.messages))


def complex_steps(program: Program, point: Sequence[float], positions: Positions) -> Method:
    """The complex step for each input."""
    gradient: Gradient = {}
    messages = {}
    for name, position in positions.items():
        gradient[name], message = complex_step(program, point, 0, position)
        if message:
            messages[name] = message
    return Method("Complex step", f"h = {COMPLEX_STEP:g}", gradient, _joined(messages))


def quotient(name: str, found: Mapping[str, Difference]) -> Method:
    """The gradient by one kind of difference quotient."""
    notes = list(dict.fromkeys(d.note for d in found.values() if d.note))
    note = "; ".join(notes) if len(notes) < 3 else f"{notes[0]}; others by input"
    messages = {name: d.message for name, d in found.items() if d.message}
    gradient = {name: d.value for name, d in found.items()}
    return Method(name, note, gradient, _joined(messages))


def _joined(messages: Mapping[str, str]) -> str:
    """One message for a method: said once where it is the same for every input."""
    different = dict.fromkeys(messages.values())
    if len(different) <= 1:
        return next(iter(different), "")
    return " ".join(f"{name}: {message}" for name, message in messages.items())
