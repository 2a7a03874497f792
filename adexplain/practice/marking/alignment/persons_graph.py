"""The graph of a work: the person's own rows, or the function's called as he calls them."""

from __future__ import annotations

from adexplain.practice.marking.alignment.graph import Graph, Node, own_graph, row_node
from adexplain.practice.marking.alignment.matching import Matching
from adexplain.practice.marking.alignment.vectors import evaluated, same


class GraphMaker:
    """Makes the graph of one work, once it is known what each of its rows is."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.program, self.work = matching.program, matching.work
        self.programs, self.slots = matching.programs, matching.slots
        self.signatures, self.env = matching.signatures, matching.env
        self.ours, self.called = matching.ours, matching.called
        self.unmatched, self.wrong = matching.unmatched, matching.wrong

    def made(self) -> Graph:
        """The person's rows where they make up the function, else its own."""
        if not self.wrong and self.programs and self.matching.reaches():
            graph = self._persons()
            if self._covers(graph):
                return graph
        called: dict[int, str] = dict(self.called)
        for name, slot in self.slots.items():
            if slot in self.program.rows and (slot not in called or name in self.programs):
                called.setdefault(slot, name)
        graph = own_graph(self.program, called)
        for name, slot in self.slots.items():
            if called.get(slot) != name:
                graph.also[name] = called.get(slot, self.program.names[slot])
        for name in self.unmatched:  # of no row's value: it has derivatives, but nothing uses it
            graph.nodes[name] = Node(name, self.programs[name])
        self._complete(graph)
        return graph

    def _covers(self, graph: Graph) -> bool:
        """Whether all that the work differentiates belongs to a graph of the person's rows."""
        inner = graph.feeding | set(graph.inputs)
        targets = {s.target.name for s in self.work.statements if s.target.kind in ("dot", "bar")}
        return all(graph.find(name) in inner or name in self.programs for name in targets)

    def _persons(self) -> Graph:
        """The graph of the person's own rows."""
        nodes: dict[str, Node] = {}
        called = {slot: name for name, slot in self.slots.items()}
        also: dict[str, str] = {}
        for name, program in self.programs.items():
            for arg in program.input_names:
                self._add_ours(arg, nodes, called, also)
            nodes[name] = Node(name, program, self.slots.get(name))
        for name, node in nodes.items():
            if name not in self.env and node.slot is not None:
                self.env[name] = self.signatures[node.slot]
        outputs = []
        for output, slot in zip(self.program.output_names, self.program.outputs, strict=True):
            fitting = [n for n in nodes if same(self.signatures[slot], self.env[n])]
            # f = v6 names the row v6 once more, and f = (the whole) says it all at once.
            inputs = tuple(self.program.input_names)
            sizes = {n: len(Graph(inputs, nodes, [n], also).feeding) for n in fitting}
            plain = [n for n in fitting if nodes[n].program.rows] or fitting
            found = max(plain, key=lambda n: sizes[n], default=self.program.names[slot])
            outputs.append(found)
            for other in fitting:
                used = any(other in node.program.input_names for node in nodes.values())
                if other != found and not (used and nodes[other].program.rows):
                    also[other] = found
                    nodes.pop(other)
            if output not in nodes:
                also.setdefault(output, found)
        graph = Graph(tuple(self.program.input_names), nodes, outputs, also)
        self._complete(graph)
        return graph

    def _add_ours(
        self, name: str, nodes: dict[str, Node], called: dict[int, str], also: dict[str, str]
    ) -> None:
        """A row of the function that the person uses without writing it."""
        if name in nodes or name in self.programs or name in self.program.input_names:
            return
        slot = self.slots[name] if name in self.slots else self.ours[name]
        names = list(self.program.names)
        todo = [slot]
        needed: set[int] = set()
        while todo:
            found = todo.pop()
            if found in needed or not self.program.args[found]:
                continue
            needed.add(found)
            todo += [arg for arg in self.program.args[found] if called.get(arg) not in nodes]
        for row in sorted(needed):
            mine = called.get(row)
            if mine in nodes and row != slot:
                names[row] = mine or names[row]
                continue
            names[row] = name if row == slot else names[row]
            for arg in self.program.args[row]:
                names[arg] = called[arg] if called.get(arg) in nodes else names[arg]
            nodes.setdefault(names[row], row_node(self.program, row, names))
        if not self.program.args[slot]:
            also[name] = self.program.names[slot]

    def _complete(self, graph: Graph) -> None:
        """Values of every row of the graph."""
        for name, node in graph.nodes.items():
            if name not in self.env:
                vectors = [self.env.get(arg, []) for arg in node.program.input_names]
                self.env[name] = (
                    self.signatures[node.slot]
                    if node.slot is not None
                    else evaluated(node.program, vectors, len(self.matching.points))
                )
