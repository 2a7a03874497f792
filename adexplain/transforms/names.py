"""Names for the rows of derived programs that cannot collide with what a person wrote."""

from __future__ import annotations

from adexplain.program import Builder, Program
from adexplain.transforms.simplify import Simplifier


class Namer:
    """Gives ``x`` the derived name ``x_dot`` or ``x_bar``, or a longer one where that is taken."""

    def __init__(self, program: Program) -> None:
        self.taken = set(program.reserved) | set(program.names)

    def fresh(self, name: str) -> str:
        """The name itself, or with underscores added until nothing has it."""
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name


def copy_primal(program: Program, builder: Simplifier) -> list[int]:
    """Put the program's own rows, as they are, at the head of a derived program."""
    names = program.names
    slots = [builder.input(name) for name in program.input_names]
    place = dict(zip(program.inputs, slots, strict=True))
    copied: list[int] = []
    for slot, op in enumerate(program.ops):
        if slot in place:
            copied.append(place[slot])
        elif slot in program.constants:
            copied.append(builder.constant(program.constants[slot]))
        else:
            # Rows a person typed are not simplified, so this is Builder's row, not Simplifier's.
            args = tuple(copied[arg] for arg in program.args[slot])
            copied.append(Builder.row(builder, op, *args))
            builder.targets[copied[-1]] = names[slot]
    return copied
