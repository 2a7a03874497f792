"""The nodes and edges of an ``Explanation``.

An input used a few times is one node. One used more often, and every constant, is drawn as a small
chip beside each use, because many edges from one node are hard to follow.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from adexplain.explanation.explain import Explanation
from adexplain.graph.folding import Fold, folded
from adexplain.primitives.primitive import PRIMITIVES, parameters
from adexplain.program import CONSTANT, INPUT, Program
from adexplain.transforms.partials import partial

MAX_SHARED_USES = 3
"""Most uses of an input that all start from its node; with more, the later ones get chips."""

ROW, INPUT_NODE, CHIP, CONSTANT_NODE, FOLD = "row", "input", "chip", "constant", "fold"


@dataclass(frozen=True, slots=True)
class Node:
    """One box.

    Attributes:
        kind: "row", "input", "chip" (a further use of an input), "constant" or "fold".
        name: of the row or input, text of the constant; what a fold stands for.
        slot: in the program; the first one of a fold.
        rows: how many rows or inputs a fold stands for.
    """

    kind: str
    name: str
    slot: int
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """One use of an argument; a row that uses a value twice has two.

    Attributes:
        source, target: positions of the nodes.
        position: which argument it is.
        active: whether derivatives flow along it.
        fixed: the partial as written where it is the same at every point, else "".
        partial: its value; None where the row or this argument was not evaluated.
        contribution: its position in ``Explanation.contributions``, if it is there.
    """

    source: int
    target: int
    position: int
    active: bool = False
    fixed: str = ""
    partial: float | None = None
    contribution: int | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in execution order, and edges grouped by their target.

    ``left_out`` counts the rows and inputs that are folded.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0


def graph_of(explanation: Explanation, step: int | None = None, *, fold: bool = True) -> Graph:
    """The graph of a trace; a large one is folded, except near the current step.

    Args:
        explanation: the trace.
        step: the current step; None where the whole trace is shown.
        fold: whether a large graph is folded, as a picture needs.
    """
    program = explanation.program
    hidden = folded(program, _current(explanation, step)) if fold else Fold()
    return _GraphBuilder(explanation, hidden).graph()


def _current(explanation: Explanation, step: int | None) -> list[int]:
    """Slots of the rows and inputs that the current step is about."""
    stepping = explanation.stepping
    if not step or step > stepping.total:
        return []
    found = stepping.at(step)
    names = {found.name, *found.sources}
    program = explanation.program
    return [slot for slot, name in enumerate(program.names) if name in names]


class _GraphBuilder:
    """Builds the nodes and edges of one graph, in one pass over the rows."""

    def __init__(self, explanation: Explanation, fold: Fold) -> None:
        self.explanation = explanation
        self.program = explanation.program
        self.fold = fold
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.node_by_key: dict[int, int] = {}  # slot, or fold number below zero -> node
        self.uses = Counter(
            arg
            for slot in self.program.rows
            if fold.of(slot) is None
            for arg in self.program.args[slot]
        )
        self.used_slots: set[int] = set()

    def graph(self) -> Graph:
        program = self.program
        for slot in program.inputs:
            self._node_for(slot, INPUT_NODE)
        arrivals = self._arrivals()
        for slot in program.rows:
            if self.fold.of(slot) is not None:
                self._node_for(slot, ROW)
                self._fold_edges(slot)
                continue
            sources = [self._source(arg) for arg in program.args[slot]]
            target = self._node_for(slot, ROW)
            self.edges += self._edges(slot, target, sources, arrivals.get(slot, []))
        return Graph(tuple(self.nodes), tuple(self.edges), self.fold.left_out)

    def _node_for(self, slot: int, kind: str) -> int:
        """The node of a slot, or of its fold, made when it is first needed."""
        number = self.fold.of(slot)
        key = slot if number is None else -1 - number
        if key not in self.node_by_key:
            self.node_by_key[key] = len(self.nodes)
            if number is None:
                self.nodes.append(Node(kind, self.program.names[slot], slot))
            else:
                self.nodes.append(
                    Node(FOLD, self.fold.labels[number], slot, self.fold.sizes[number])
                )
        return self.node_by_key[key]

    def _source(self, slot: int) -> int:
        """The node from which one use of an argument starts."""
        op = self.program.ops[slot]
        is_repeated = op is INPUT and self.uses[slot] > MAX_SHARED_USES and slot in self.used_slots
        self.used_slots.add(slot)
        if op is not CONSTANT and not (is_repeated and self.fold.of(slot) is None):
            return self._node_for(slot, INPUT_NODE if op is INPUT else ROW)
        kind = CONSTANT_NODE if op is CONSTANT else CHIP
        self.nodes.append(Node(kind, self.program.names[slot], slot))
        return len(self.nodes) - 1

    def _edges(
        self, slot: int, target: int, sources: list[int], arrivals: list[tuple[int, int]]
    ) -> Iterator[Edge]:
        """The edges into a row, one for each argument."""
        program, trace = self.program, self.explanation.trace
        edges_left = deque(zip(trace.edges[slot], trace.partials[slot], strict=True))
        args = program.args[slot]
        contributions_left = deque(arrivals)
        for position, (arg, source) in enumerate(zip(args, sources, strict=True)):
            edge = Edge(source, target, position)
            flows = program.active[arg] and partial(program.ops[slot], position)
            if flows:
                edge = replace(edge, active=True, fixed=fixed_partial(program, slot, position))
            if flows and edges_left and edges_left[0][0] == arg:
                edge = replace(edge, partial=edges_left.popleft()[1])
                if contributions_left and contributions_left[0][0] == arg:
                    edge = replace(edge, contribution=contributions_left.popleft()[1])
            yield edge

    def _fold_edges(self, slot: int) -> None:
        """Add edges into a folded row, one for each pair of nodes."""
        target = self._node_for(slot, ROW)
        for arg in self.program.args[slot]:
            if self.program.ops[arg] is CONSTANT:
                continue
            source = self._node_for(arg, INPUT_NODE)
            if source != target and (source, target) not in self.fold.joined_pairs:
                self.fold.joined_pairs.add((source, target))
                self.edges.append(Edge(source, target, 0, active=bool(self.program.active[arg])))

    def _arrivals(self) -> dict[int, list[tuple[int, int]]]:
        """Row -> its contributions, each as (slot it goes into, position in the sweep)."""
        found: dict[int, list[tuple[int, int]]] = {}
        if self.explanation.reverse:
            for number, (into, out_of, *_) in enumerate(self.explanation.trace.contributions):
                found.setdefault(out_of, []).append((into, number))
        return found


def fixed_partial(program: Program, slot: int, position: int) -> str:
    """The partial as written where it is a number at every point: 1, −1, or a constant factor."""
    args = program.args[slot]
    text, place = _fixed(program.ops[slot], position)
    if place is not None and args[place] in program.constants:
        return program.constants[args[place]].text
    return text


@cache
def _fixed(op: str, position: int) -> tuple[str, int | None]:
    """The partial as a number, or the argument it is."""
    template = partial(op, position)
    if template is None:
        return "", None
    rule = template.program
    out = rule.outputs[0]
    if out in rule.constants:
        return rule.constants[out].text, None
    names = parameters(PRIMITIVES[op], PRIMITIVES[op].arity)
    name = rule.input_names[rule.inputs.index(out)] if out in rule.inputs else ""
    return "", names.index(name) if name in names and not template.each else None
