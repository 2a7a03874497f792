"""Python source to read: a line for each primal row, then one for each tangent or contribution."""

from __future__ import annotations

import math
from typing import NamedTuple

from adexplain.codegen.layout import Guard, Layout, layout
from adexplain.codegen.names import Mangler
from adexplain.codegen.writer import CodeWriter
from adexplain.errors import InputError
from adexplain.frontends.as_program import as_program
from adexplain.language.grammar import SIGN, SUM
from adexplain.language.printing import Text
from adexplain.primitives.ieee import CALLED
from adexplain.program import CONSTANT, SYMBOLS, Program
from adexplain.transforms import adjoint, tangent
from adexplain.transforms.guards import ALWAYS

MODES = ("primal", "forward", "reverse")
FUNCTIONS = {"primal": "f", "forward": "f_tangent", "reverse": "f_adjoint"}
_KINDS = {"primal": "primal", "forward": "tangent", "reverse": "adjoint"}


class CodeLine(NamedTuple):
    """One line of generated source.

    Attributes:
        text: the line, with its indentation.
        kind: "primal", "tangent" or "adjoint" for a statement that computes such a number; "frame"
            for the other lines.
        target: name of the row or input whose number it computes; "" for a temporary variable or a
            frame. In a function without branches the adjoint lines with a target, after those that
            copy the seeds, correspond to the contributions of an explanation, in their order.
    """

    text: str
    kind: str
    target: str


def source(f: str | Program, mode: str = "reverse") -> str:
    """A function's derivative as Python to read, and to run.

    Args:
        f: text as a user may type it, or a ``Program``.
        mode: "primal" for ``f(x…)``; "forward" for ``f_tangent(x…, x_dot…)``, which returns value
            and directional derivative; "reverse" for ``f_adjoint(x…, f_bar=1.0)``, which returns
            value and gradient. Several outputs come as tuples.

    Outside its domain the function raises Python's exceptions; that of ``compile`` does not.
    """
    return "\n".join(line.text for line in source_lines(as_program(f), mode)) + "\n"


def source_lines(program: Program, mode: str = "reverse") -> list[CodeLine]:
    """The lines of ``source``, each with the number that it computes."""
    if mode not in MODES:
        raise InputError(f"There is no mode `{mode}`.", None, f"The modes are {', '.join(MODES)}.")
    return _FunctionWriter(program, mode).lines()


class _FunctionWriter:
    """Writes the source of one function."""

    def __init__(self, program: Program, mode: str) -> None:
        self.program = program
        self.mode = mode
        self.derived = _derived(program, mode)
        self.targets = dict(self.derived.targets)
        if mode == "primal":
            self.targets = {slot: program.names[slot] for slot in program.rows}
        self._name_variables()
        self.layout: Layout = layout(self.derived, keep=self.targets)
        self.writer = CodeWriter(self.derived, self._variable, self.layout, fast=False)

    def _name_variables(self) -> None:
        """Choose identifiers for inputs, rows and temporaries; find the row each belongs to."""
        mangler = Mangler()
        derived, program = self.derived, self.program
        self.variables: dict[int, str] = {}
        for slot, name in zip(derived.inputs, derived.input_names, strict=True):
            self.variables[slot] = mangler.identifier(name)
        known: dict[str, str] = dict(self._seeds_that_are_rows())
        for slot in derived.rows:
            target = self.targets.get(slot)
            if target is None:
                self.variables[slot] = ""
            elif target not in known:
                known[target] = mangler.identifier(target)
        for slot, name in self.targets.items():
            self.variables[slot] = known[name]
        self._temporary = (mangler.identifier(f"t{k}") for k in range(1, len(derived.ops) + 1))
        self.owner = _owners(program, derived, self.targets, self.mode)

    def _seeds_that_are_rows(self) -> dict[str, str]:
        """Adjoint → the parameter that already is it, so that `v6_bar` needs no copy."""
        if self.mode != "reverse":
            return {}
        derived, program = self.derived, self.program
        seeds = derived.inputs[len(program.inputs) :]
        parameters: dict[str, str] = {}
        for seed, slot, name in zip(seeds, program.outputs, program.output_names, strict=True):
            copies = [s for s in derived.rows if derived.args[s] == (seed,) and s in self.targets]
            copy = copies[0] if copies and derived.ops[copies[0]] == "identity" else None
            if copy is not None and program.names[slot] == name:
                parameters[self.targets[copy]] = self.variables[seed]
        return parameters

    def _variable(self, slot: int) -> str:
        if not self.variables[slot]:
            self.variables[slot] = next(self._temporary)
        return self.variables[slot]

    def lines(self) -> list[CodeLine]:
        body = self._body()
        end = CodeLine(f"    return {self._results()}", "frame", "")
        head = [CodeLine(text, "frame", "") for text in self._imports()]
        parameters = ", ".join(self._parameters())
        definition = CodeLine(f"def {FUNCTIONS[self.mode]}({parameters}):", "frame", "")
        return [*head, definition, *body, end]

    def _imports(self) -> list[str]:
        called = sorted(self.writer.functions)
        builtin = ("power", "abs", "min", "max")
        differing = [n for n in called if CALLED.get(n) is not getattr(math, n, None)]
        from_kernels = [n for n in differing if n not in (*SYMBOLS, *builtin)]
        from_math = [n for n in called if n not in from_kernels and n not in builtin]
        if "power" in called:
            from_math.append("pow as power")
        imports = []
        if from_math:
            imports.append(f"from math import {', '.join(from_math)}")
        if from_kernels:
            imports.append(f"from adexplain.kernels import {', '.join(from_kernels)}")
        return [*imports, "", ""] if imports else []

    def _parameters(self) -> list[str]:
        count = len(self.program.inputs)
        names = [self.variables[slot] for slot in self.derived.inputs]
        seeds = [f"{n}={'0.0' if k else '1.0'}" for k, n in enumerate(names[count:])]
        return names[:count] + seeds

    def _body(self) -> list[CodeLine]:
        lines: list[CodeLine] = []
        before: Guard = ALWAYS  # the condition of an ``if`` that an ``else`` may follow
        for guard, slots in self.layout.blocks():
            self.writer.enter(guard)
            statements = [line for slot in slots for line in self._statement(slot)]
            if not statements:
                continue
            is_else = False
            if guard == ALWAYS:
                lines += statements
            else:
                is_else = _opposite(before, guard)
                opening = "else" if is_else else f"if {self.writer.guard(guard)}"
                lines.append(CodeLine(f"    {opening}:", "frame", ""))
                lines += [line._replace(text=f"    {line.text}") for line in statements]
            before = ALWAYS if is_else else guard
        return lines

    def _statement(self, slot: int) -> list[CodeLine]:
        name = self._variable(slot)
        text = self._accumulated(slot) or f"{name} = {self.writer.row(slot).text}"
        if text == f"{name} = {name}":
            return []
        kind, target = self.owner.get(slot, (_KINDS[self.mode], ""))
        return [CodeLine(f"    {text}", kind, target)]

    def _accumulated(self, slot: int) -> str:
        """``name += amount`` where a row adds to the running sum of the same name."""
        op, args = self.derived.ops[slot], self.derived.args[slot]
        name = self.variables[slot]
        if op not in ("add", "sub") or self.variables.get(args[0]) != name or not name:
            return ""
        if self.targets.get(slot) is None:
            return ""
        amount = self.writer.operand(args[1])
        if op == "sub":
            amount = Text(f"-{amount.within(SUM + 1)}", SIGN)
        return f"{name} += {amount.text}"

    def _results(self) -> str:
        count = len(self.program.outputs)
        texts = [self.writer.operand(slot).text for slot in self.derived.outputs]
        constant = [self.derived.ops[slot] is CONSTANT for slot in self.derived.outputs]
        texts = [
            f"{t}.0" if c and t.lstrip("-").isdigit() else t
            for t, c in zip(texts, constant, strict=True)
        ]
        values = texts[0] if count == 1 else f"({', '.join(texts[:count])})"
        if self.mode == "primal":
            return values
        rest = texts[count:]
        if self.mode == "forward" and count == 1:
            return f"{values}, {rest[0]}"
        return f"{values}, ({', '.join(rest)}{',' if len(rest) == 1 else ''})"


def _derived(program: Program, mode: str) -> Program:
    if mode == "primal":
        return program
    return tangent(program, readable=True) if mode == "forward" else adjoint(program, readable=True)


def _opposite(before: Guard, guard: Guard) -> bool:
    """Whether one condition is true exactly where the other is false."""
    if len(before) != 1 or len(guard) != 1:
        return False
    (first,), (second,) = before, guard
    if len(first) != 1 or len(second) != 1:
        return False
    ((condition, truth),), ((condition2, truth2),) = first, second
    return condition == condition2 and truth != truth2


def _owners(
    program: Program, derived: Program, targets: dict[int, str], mode: str
) -> dict[int, tuple[str, str]]:
    """For each slot of the derived program with a target: the kind of its line, and the row."""
    owners: dict[int, tuple[str, str]] = {}
    seeded = set(derived.inputs[len(program.inputs) :])
    suffix = "_dot" if mode == "forward" else "_bar"
    for slot in derived.rows:
        if not seeded.isdisjoint(derived.args[slot]):
            seeded.add(slot)
        name = targets.get(slot)
        if name is not None and slot in seeded:
            # A derived name is the row's name, the suffix, and underscores if that was not new.
            owners[slot] = (_KINDS[mode], name.rstrip("_").removesuffix(suffix))
        elif name is not None:
            owners[slot] = ("primal", name)
    return owners
