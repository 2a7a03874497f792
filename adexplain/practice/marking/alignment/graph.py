"""A derivation's own graph: its rows as nodes, each a formula of inputs and earlier rows.

The rows are the person's where they make up the function, whatever their names, order and
grouping; else the function's own, called as the person calls them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from adexplain.evaluate.sweeps import first_look
from adexplain.program import CONSTANT, Builder, Program
from adexplain.transforms.partials import edges


@dataclass(frozen=True, slots=True)
class Edge:
    """One use of an argument: its name, and its place in a row of one operation."""

    arg: str
    position: int | None


@dataclass(eq=False)
class Node:
    """A row.

    Attributes:
        name: as the person calls it.
        program: its formula; the inputs are names of inputs and rows.
        slot: the row of the function that has this value, or None.
        texts: its partials as formulas, once they were asked for.
    """

    name: str
    program: Program
    slot: int | None = None
    texts: dict[int, str] = field(default_factory=dict, repr=False)

    @cached_property
    def single(self) -> bool:
        """Whether it is one operation, so that each of its arguments has a place."""
        program = self.program
        slot = program.outputs[0]
        return program.rows == [slot] and program.ops[slot] != "where"

    @cached_property
    def edges(self) -> list[Edge]:
        """Its uses of arguments, in order; a grouped row uses each argument once."""
        program, slot = self.program, self.program.outputs[0]
        if self.single:
            return [Edge(program.names[arg], place) for arg, place in edges(program, slot)]
        return [Edge(name, None) for name in program.input_names]

    def local(self, values: Mapping[str, float]) -> tuple[float, list[float]]:
        """Its value, and the partial of each edge."""
        program = self.program
        point = [values.get(name, math.nan) for name in program.input_names]
        trace = first_look(program, point, [0.0] * len(point), [1.0])
        slot = program.outputs[0]
        value = trace.values[slot]
        value = math.nan if value is None else float(value)
        if self.single:
            return value, [float(p) for p in trace.partials[slot]]
        return value, [float(trace.adjoints[s] or 0.0) for s in program.inputs]

    @property
    def op(self) -> str:
        """The operation of a row that has one; "" of a grouped one."""
        return self.program.ops[self.program.outputs[0]] if self.single else ""


def row_node(program: Program, slot: int, names: Sequence[str]) -> Node:
    """One row of the function as a node, with the given names of its arguments."""
    builder = Builder(share=False)
    places = [
        builder.constant(program.constants[arg])
        if program.ops[arg] is CONSTANT
        else builder.input(names[arg])
        for arg in program.args[slot]
    ]
    own = builder.build([builder.row(program.ops[slot], *places)])
    own.labels = {own.outputs[0]: (names[slot],)}
    return Node(names[slot], own, slot)


@dataclass(eq=False)
class Graph:
    """Rows in an order in which they can be computed.

    Attributes:
        inputs: names of the inputs.
        nodes: the rows by name.
        outputs: the row or input that each output is.
        also: further names of rows and inputs.
    """

    inputs: tuple[str, ...]
    nodes: dict[str, Node]
    outputs: list[str]
    also: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str:
        """The row or input a name stands for."""
        seen = set()
        while name not in self.nodes and name in self.also and name not in seen:
            seen.add(name)
            name = self.also[name]
        return name

    def has(self, name: str) -> bool:
        """Whether the name stands for something."""
        name = self.find(name)
        return name in self.nodes or name in self.inputs

    @cached_property
    def others(self) -> dict[str, list[str]]:
        """Row or input → its further names."""
        others: dict[str, list[str]] = {}
        for name in self.also:
            others.setdefault(self.find(name), []).append(name)
        return others

    @cached_property
    def order(self) -> dict[str, int]:
        """Row → its place."""
        return {name: place for place, name in enumerate(self.nodes)}

    @cached_property
    def users(self) -> dict[str, list[tuple[Node, int]]]:
        """Row or input → where it is used, as (row, number of the edge), last rows first."""
        users: dict[str, list[tuple[Node, int]]] = {}
        for node in reversed(self.nodes.values()):
            for k, edge in enumerate(node.edges):
                users.setdefault(self.find(edge.arg), []).append((node, k))
        return users

    @cached_property
    def feeding(self) -> set[str]:
        """The rows an output depends on."""
        found: set[str] = set()
        todo = list(self.outputs)
        while todo:
            name = todo.pop()
            if name in self.nodes and name not in found:
                found.add(name)
                todo += [self.find(edge.arg) for edge in self.nodes[name].edges]
        return found


@dataclass(eq=False)
class World:
    """All numbers of a graph at one point.

    Attributes:
        values: of inputs and rows.
        partials: of each row, one an edge.
    """

    graph: Graph
    values: dict[str, float]
    partials: dict[str, list[float]]
    _per: dict[str, dict[str, float]] = field(default_factory=dict)
    _of: dict[str, dict[str, float]] = field(default_factory=dict)

    def put(self, name: str, value: float) -> None:
        """Note a value, under every name it has."""
        self.values[name] = value
        for other in self.graph.others.get(name, ()):
            self.values[other] = value

    def dots(self, seed: Mapping[str, float]) -> dict[str, float]:
        """Tangents for a direction."""
        dots = {name: seed.get(name, 0.0) for name in self.graph.inputs}
        for node in self.graph.nodes.values():
            terms = zip(node.edges, self.partials[node.name], strict=True)
            dots[node.name] = sum(
                _times(dots.get(self.graph.find(edge.arg), 0.0), slope) for edge, slope in terms
            )
        return dots

    def per(self, name: str) -> dict[str, float]:
        """Derivatives of every row by one input."""
        if name not in self._per:
            self._per[name] = self.dots({name: 1.0})
        return self._per[name]

    def of(self, name: str) -> dict[str, float]:
        """Derivatives of one row by every row and input."""
        if name not in self._of:
            self._of[name] = self.bars({name: 1.0})
        return self._of[name]

    def bars(self, seed: Mapping[str, float]) -> dict[str, float]:
        """Adjoints for weights of the outputs, by row."""
        bars = dict.fromkeys((*self.graph.inputs, *self.graph.nodes), 0.0)
        for name, weight in seed.items():
            bars[name] = bars.get(name, 0.0) + weight
        for node in reversed(self.graph.nodes.values()):
            bar = bars[node.name]
            for edge, slope in zip(node.edges, self.partials[node.name], strict=True):
                arg = self.graph.find(edge.arg)
                bars[arg] = bars.get(arg, 0.0) + _times(bar, slope)
        return bars


def _times(flow: float, slope: float) -> float:
    return 0.0 if flow == 0.0 or slope == 0.0 else flow * slope


def world_at(graph: Graph, point: Mapping[str, float]) -> World:
    """The numbers of a graph at a point."""
    world = World(graph, {}, {})
    for name, value in point.items():
        world.put(name, value)
    for node in graph.nodes.values():
        value, world.partials[node.name] = node.local(world.values)
        world.put(node.name, value)
    return world


def own_graph(program: Program, names: Mapping[int, str]) -> Graph:
    """The function's own rows, called as the person calls them."""
    called = [names.get(slot, name) for slot, name in enumerate(program.names)]
    taken = set(names.values())
    for slot, name in enumerate(called):
        if slot not in names and name in taken and program.ops[slot] is not CONSTANT:
            called[slot] = f"{name}_"  # the person means another row by this name
    nodes = {called[slot]: row_node(program, slot, called) for slot in program.rows}
    also = {
        program.names[slot]: called[slot]
        for slot in (*program.inputs, *program.rows)
        if program.names[slot] not in taken
    }
    for slot, labels in program.labels.items():
        also.update({label: called[slot] for label in labels if label not in taken})
    outputs = [called[slot] for slot in program.outputs]
    for name, slot in zip(program.output_names, program.outputs, strict=True):
        if name not in taken and name not in nodes:
            also[name] = called[slot]
    inputs = tuple(program.input_names)
    return Graph(inputs, nodes, outputs, also)
