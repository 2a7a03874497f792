"""Names for the rows of derived programs that do not collide with the user's names."""

from __future__ import annotations

from adexplain.program import Builder, Program
from adexplain.transforms.simplify import Simplifier


class Namer:
    """Gives ``x`` the derived name ``x_dot`` or ``x_bar``, or a longer one where that is taken."""

    def __init__(self, program: Program) -> None:
        self.taken = set(program.reserved) | set(program.names)

    def fresh(self, name: str) -> str:
        """The name itself, or with as many underscores added as make it new."""
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name


def copy_primal(program: Program, builder: Simplifier) -> list[int]:
    """Copy the program's own rows to the head of a derived program; the slot of each there."""
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
            # Rows that a user typed are not simplified: this is Builder's row, not Simplifier's.
            args = tuple(copied[arg] for arg in program.args[slot])
            copied.append(Builder.row(builder, op, *args))
            builder.targets[copied[-1]] = names[slot]
    return copied
