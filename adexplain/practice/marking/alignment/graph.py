"""The graph of a work: its rows as nodes, each a formula of inputs and earlier rows.

The rows are those of the work if they compute the function, whatever their names, order and
grouping; otherwise the rows of the function, by the names that the student uses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from adexplain.evaluate.flow import push_forward, scatter_back
from adexplain.evaluate.sweeps import compute_trace
from adexplain.primitives.primitive import SELECTING
from adexplain.program import CONSTANT, Builder, Program
from adexplain.transforms.partials import edges


@dataclass(frozen=True, slots=True)
class Edge:
    """A use of an argument: its name, and its position in a row of a single operation."""

    arg: str
    position: int | None


@dataclass(eq=False)
class Node:
    """A row.

    Attributes:
        name: its name in the work.
        program: its formula; the inputs are names of inputs and rows.
        slot: the row of the function with this value, or None.
        texts: a cache of its partials as text, by the number of the edge.
    """

    name: str
    program: Program
    slot: int | None = None
    texts: dict[int, str] = field(default_factory=dict, repr=False)

    @cached_property
    def single(self) -> bool:
        """Whether it is a single operation, so that each argument has a position."""
        program = self.program
        slot = program.outputs[0]
        return program.rows == [slot] and program.ops[slot] not in SELECTING

    @cached_property
    def edges(self) -> list[Edge]:
        """Its uses of arguments, in order; a row of several operations uses each argument once."""
        program, slot = self.program, self.program.outputs[0]
        if self.single:
            return [Edge(program.names[arg], place) for arg, place in edges(program, slot)]
        return [Edge(name, None) for name in program.input_names]

    def value_and_partials(self, values: Mapping[str, float]) -> tuple[float, list[float]]:
        """Its value at the values of its arguments, and the partial of each edge."""
        program = self.program
        point = [values.get(name, math.nan) for name in program.input_names]
        trace = compute_trace(program, point, [0.0] * len(point), [1.0])
        slot = program.outputs[0]
        value = trace.values[slot]
        value = math.nan if value is None else float(value)
        if self.single:
            return value, [float(p) for p in trace.partials[slot]]
        return value, [float(trace.adjoints[s] or 0.0) for s in program.inputs]

    @property
    def op(self) -> str:
        """The operation, or "" if the row combines several."""
        return self.program.ops[self.program.outputs[0]] if self.single else ""


def row_node(program: Program, slot: int, names: Sequence[str]) -> Node:
    """A row of the function as a node; ``names`` are the names of all slots."""
    builder = Builder(share=False)
    places = [
        builder.constant(program.constants[arg])
        if program.ops[arg] is CONSTANT
        else builder.input(names[arg])
        for arg in program.args[slot]
    ]
    row_program = builder.build([builder.row(program.ops[slot], *places)])
    row_program.labels = {row_program.outputs[0]: (names[slot],)}
    return Node(names[slot], row_program, slot)


@dataclass(eq=False)
class Graph:
    """Rows in an order in which they can be evaluated.

    Attributes:
        inputs: names of the inputs.
        nodes: the rows by name.
        outputs: for each output, the name of its row or input.
        aliases: another name → a name of a row or input.
    """

    inputs: tuple[str, ...]
    nodes: dict[str, Node]
    outputs: list[str]
    aliases: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str:
        """The name of the row or input that a name stands for."""
        visited = set()
        while name not in self.nodes and name in self.aliases and name not in visited:
            visited.add(name)
            name = self.aliases[name]
        return name

    def has(self, name: str) -> bool:
        """Whether a name stands for a row or input."""
        name = self.find(name)
        return name in self.nodes or name in self.inputs

    @cached_property
    def aliases_of(self) -> dict[str, list[str]]:
        """Row or input → its other names."""
        aliases_of: dict[str, list[str]] = {}
        for name in self.aliases:
            aliases_of.setdefault(self.find(name), []).append(name)
        return aliases_of

    @cached_property
    def order(self) -> dict[str, int]:
        """Row → its place in the order of evaluation."""
        return {name: place for place, name in enumerate(self.nodes)}

    @cached_property
    def users(self) -> dict[str, list[tuple[Node, int]]]:
        """Row or input → its uses as (row, number of the edge), last rows first."""
        users: dict[str, list[tuple[Node, int]]] = {}
        for node in reversed(self.nodes.values()):
            for k, edge in enumerate(node.edges):
                users.setdefault(self.find(edge.arg), []).append((node, k))
        return users

    @cached_property
    def feeding(self) -> set[str]:
        """The rows that an output depends on."""
        found: set[str] = set()
        pending = list(self.outputs)
        while pending:
            name = pending.pop()
            if name in self.nodes and name not in found:
                found.add(name)
                pending += [self.find(edge.arg) for edge in self.nodes[name].edges]
        return found


@dataclass(eq=False)
class Evaluation:
    """A graph evaluated at a point.

    Attributes:
        values: the values of inputs and rows, by all of their names.
        partials: for each row, the partial of each edge.
    """

    graph: Graph
    values: dict[str, float]
    partials: dict[str, list[float]]
    _by: dict[str, dict[str, float]] = field(default_factory=dict)
    _of: dict[str, dict[str, float]] = field(default_factory=dict)

    def set_value(self, name: str, value: float) -> None:
        """Set a value, under all names of the row or input."""
        self.values[name] = value
        for other in self.graph.aliases_of.get(name, ()):
            self.values[other] = value

    def dots(self, seed: Mapping[str, float]) -> dict[str, float]:
        """The tangents of all rows for a direction."""
        dots = {name: seed.get(name, 0.0) for name in self.graph.inputs}
        dots |= dict.fromkeys(self.graph.nodes, 0.0)
        push_forward(self._flow(self.graph.nodes.values()), dots)
        return dots

    def derivatives_by(self, name: str) -> dict[str, float]:
        """The derivatives of all rows by one input."""
        if name not in self._by:
            self._by[name] = self.dots({name: 1.0})
        return self._by[name]

    def derivatives_of(self, name: str) -> dict[str, float]:
        """The derivatives of one row by all rows and inputs."""
        if name not in self._of:
            self._of[name] = self.bars({name: 1.0})
        return self._of[name]

    def bars(self, seed: Mapping[str, float]) -> dict[str, float]:
        """The adjoints of all rows and inputs for weights of the outputs."""
        bars: dict[str, float | None] = dict.fromkeys(
            (*self.graph.inputs, *self.graph.nodes, *seed)
        )
        scatter_back(self._flow(reversed(self.graph.nodes.values())), bars, seed.items())
        return {name: bar or 0.0 for name, bar in bars.items()}

    def _flow(self, nodes: Iterable[Node]) -> Iterator[tuple[str, list[str], list[float]]]:
        for node in nodes:
            arguments = [self.graph.find(edge.arg) for edge in node.edges]
            yield node.name, arguments, self.partials[node.name]


def evaluate_graph(graph: Graph, point: Mapping[str, float]) -> Evaluation:
    """Evaluate a graph at a point."""
    evaluation = Evaluation(graph, {}, {})
    for name, value in point.items():
        evaluation.set_value(name, value)
    for node in graph.nodes.values():
        value, evaluation.partials[node.name] = node.value_and_partials(evaluation.values)
        evaluation.set_value(node.name, value)
    return evaluation


def function_graph(program: Program, names: Mapping[int, str]) -> Graph:
    """The graph of the function's rows; ``names`` maps slots to names that the student uses."""
    row_names = [names.get(slot, name) for slot, name in enumerate(program.names)]
    written_names = set(names.values())
    for slot, name in enumerate(row_names):
        if slot not in names and name in written_names and program.ops[slot] is not CONSTANT:
            row_names[slot] = f"{name}_"  # the student uses this name for another row
    nodes = {row_names[slot]: row_node(program, slot, row_names) for slot in program.rows}
    aliases = {
        program.names[slot]: row_names[slot]
        for slot in (*program.inputs, *program.rows)
        if program.names[slot] not in written_names
    }
    for slot, labels in program.labels.items():
        aliases.update({label: row_names[slot] for label in labels if label not in written_names})
    outputs = [row_names[slot] for slot in program.outputs]
    for name, slot in zip(program.output_names, program.outputs, strict=True):
        if name not in written_names and name not in nodes:
            aliases[name] = row_names[slot]
    inputs = tuple(program.input_names)
    return Graph(inputs, nodes, outputs, aliases)
