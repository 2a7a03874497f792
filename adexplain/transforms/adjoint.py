"""Reverse mode as a program: the primal rows, then one contribution for each edge, backwards.

The rows come in reverse order, the arguments of a row in order. A slot's adjoint is the running sum
of the contributions it receives; so ``x * x`` sends two to x. Source: Griewank & Walther,
Evaluating Derivatives (2008), section 3.2, Table 3.5.
"""

from __future__ import annotations

from adexplain.primitives.primitive import SELECTING
from adexplain.program import Program
from adexplain.transforms.guards import Guards
from adexplain.transforms.names import Namer, copy_primal
from adexplain.transforms.partials import RowPartials
from adexplain.transforms.simplify import ReadableSimplifier, Simplifier


def adjoint(program: Program, readable: bool = False) -> Program:
    """The program that computes a vector-Jacobian product beside the function.

    Args:
        program: the function.
        readable: make a program for printing: every contribution is a statement of its own, even
            one that only copies a value, and contributions share no rows.

    Its inputs are those of ``program``, then one adjoint for each output (``y_bar``); its outputs
    are those of ``program``, then the adjoint of each input.
    """
    sweep = _Sweep(program, ReadableSimplifier() if readable else Simplifier())
    for name, slot in zip(program.output_names, program.outputs, strict=True):
        sweep.receive(slot, sweep.builder.input(sweep.namer.fresh(f"{name}_bar")))
    for slot in reversed(program.rows):
        if slot in sweep.bars and program.active[slot]:
            sweep.scatter(slot)
    builder = sweep.builder
    zero = builder.constant(0.0)
    outputs = [sweep.primal[slot] for slot in program.outputs]
    outputs += [sweep.bars.get(slot, zero) for slot in program.inputs]
    names = [*program.output_names, *(sweep.bar_name(slot) for slot in program.inputs)]
    return builder.build(outputs, names)


class _Sweep:
    """The state of one reverse sweep: what each slot has received so far."""

    def __init__(self, program: Program, builder: Simplifier) -> None:
        self.program = program
        self.builder = builder
        self.primal = copy_primal(program, self.builder)
        self.namer = Namer(program)
        self.names = program.names
        self.bars: dict[int, int] = {}
        self.guards = Guards(program, self.builder, self.primal) if program.lazy else None
        self._bar_names: dict[int, str] = {}

    def bar_name(self, slot: int) -> str:
        if slot not in self._bar_names:
            self._bar_names[slot] = self.namer.fresh(f"{self.names[slot]}_bar")
        return self._bar_names[slot]

    def receive(self, slot: int, amount: int) -> None:
        """Add one contribution to a slot's adjoint."""
        before = self.bars.get(slot)
        amount = self.builder.statement(amount)
        total = amount if before is None else self.builder.row("add", before, amount)
        self.bars[slot] = total
        self.builder.targets.setdefault(total, self.bar_name(slot))

    def scatter(self, slot: int) -> None:
        """Send a row's adjoint along its edges."""
        program, builder = self.program, self.builder
        op, args, bar = program.ops[slot], program.args[slot], self.bars[slot]
        if op in SELECTING:
            self._scatter_choice(slot, bar)
            return
        places = tuple(self.primal[arg] for arg in args)
        partials = RowPartials(builder, op, places, self.primal[slot])
        for position, arg in enumerate(args):
            slope = partials.slot(position) if program.active[arg] else None
            if slope is not None:
                amount = builder.row("mul", bar, slope)
                self.receive(arg, self._guarded(slot, arg, amount))

    def _scatter_choice(self, slot: int, bar: int) -> None:
        condition, then, other = self.program.args[slot]
        zero = self.builder.constant(0.0)
        test = self.primal[condition]
        if self.program.active[then]:
            self.receive(then, self.builder.row("where", test, bar, zero))
        if self.program.active[other]:
            self.receive(other, self.builder.row("where", test, zero, bar))

    def _guarded(self, slot: int, arg: int, amount: int) -> int:
        """A contribution that leaves a branch counts only where the branch is taken."""
        if self.guards is None:
            return amount
        return self.guards.wrap(slot, arg, amount)
