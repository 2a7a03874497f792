"""Build the graph of a work, of its own rows or of the function's rows by the student's names."""

from __future__ import annotations

from adexplain.practice.marking.alignment.graph import Graph, Node, function_graph, row_node
from adexplain.practice.marking.alignment.matching import Matching
from adexplain.practice.marking.alignment.vectors import evaluated, same


class WorkGraphBuilder:
    """Builds the graph of a work from the matching of its rows."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.program, self.work = matching.program, matching.work
        self.programs, self.slots = matching.programs, matching.slots
        self.signatures, self.true_values = matching.signatures, matching.true_values
        self.function_slots, self.renamed = matching.function_slots, matching.renamed
        self.unmatched, self.wrong = matching.unmatched, matching.wrong

    def build(self) -> Graph:
        """The graph of the work's rows if they compute the function, else of the function's."""
        if not self.wrong and self.programs and self.matching.covers_function():
            graph = self._student_graph()
            if self._covers(graph):
                return graph
        names_by_slot: dict[int, str] = dict(self.renamed)
        for name, slot in self.slots.items():
            if slot in self.program.rows and (slot not in names_by_slot or name in self.programs):
                names_by_slot.setdefault(slot, name)
        graph = function_graph(self.program, names_by_slot)
        for name, slot in self.slots.items():
            if names_by_slot.get(slot) != name:
                graph.aliases[name] = names_by_slot.get(slot, self.program.names[slot])
        for name in self.unmatched:  # it may have derivatives, but nothing uses it
            graph.nodes[name] = Node(name, self.programs[name])
        self._complete(graph)
        return graph

    def _covers(self, graph: Graph) -> bool:
        """Whether every derivative in the work belongs to a graph of the work's rows."""
        inner = graph.feeding | set(graph.inputs)
        targets = {s.target.name for s in self.work.statements if s.target.kind in ("dot", "bar")}
        return all(graph.find(name) in inner or name in self.programs for name in targets)

    def _student_graph(self) -> Graph:
        """The graph of the work's rows."""
        nodes: dict[str, Node] = {}
        names_by_slot = {slot: name for name, slot in self.slots.items()}
        aliases: dict[str, str] = {}
        for name, program in self.programs.items():
            for arg in program.input_names:
                self._add_function_rows(arg, nodes, names_by_slot, aliases)
            nodes[name] = Node(name, program, self.slots.get(name))
        for name, node in nodes.items():
            if name not in self.true_values and node.slot is not None:
                self.true_values[name] = self.signatures[node.slot]
        outputs = []
        for output, slot in zip(self.program.output_names, self.program.outputs, strict=True):
            fitting = [n for n in nodes if same(self.signatures[slot], self.true_values[n])]
            # f = v6 renames the row v6, and f = (all of the function) repeats the other rows.
            inputs = tuple(self.program.input_names)
            sizes = {n: len(Graph(inputs, nodes, [n], aliases).feeding) for n in fitting}
            with_rows = [n for n in fitting if nodes[n].program.rows] or fitting
            found = max(with_rows, key=lambda n: sizes[n], default=self.program.names[slot])
            outputs.append(found)
            for other in fitting:
                used = any(other in node.program.input_names for node in nodes.values())
                if other != found and not (used and nodes[other].program.rows):
                    aliases[other] = found
                    nodes.pop(other)
            if output not in nodes:
                aliases.setdefault(output, found)
        graph = Graph(tuple(self.program.input_names), nodes, outputs, aliases)
        self._complete(graph)
        return graph

    def _add_function_rows(
        self,
        name: str,
        nodes: dict[str, Node],
        names_by_slot: dict[int, str],
        aliases: dict[str, str],
    ) -> None:
        """Add the rows of the function behind a name that the work uses without defining it."""
        if name in nodes or name in self.programs or name in self.program.input_names:
            return
        slot = self.slots[name] if name in self.slots else self.function_slots[name]
        names = list(self.program.names)
        pending = [slot]
        needed: set[int] = set()
        while pending:
            found = pending.pop()
            if found in needed or not self.program.args[found]:
                continue
            needed.add(found)
            pending += [
                arg for arg in self.program.args[found] if names_by_slot.get(arg) not in nodes
            ]
        for row in sorted(needed):
            student_name = names_by_slot.get(row)
            if student_name in nodes and row != slot:
                names[row] = student_name or names[row]
                continue
            names[row] = name if row == slot else names[row]
            for arg in self.program.args[row]:
                names[arg] = names_by_slot[arg] if names_by_slot.get(arg) in nodes else names[arg]
            nodes.setdefault(names[row], row_node(self.program, row, names))
        if not self.program.args[slot]:
            aliases[name] = self.program.names[slot]

    def _complete(self, graph: Graph) -> None:
        """Add the values of the rows that have none yet."""
        for name, node in graph.nodes.items():
            if name not in self.true_values:
                vectors = [self.true_values.get(arg, []) for arg in node.program.input_names]
                self.true_values[name] = (
                    self.signatures[node.slot]
                    if node.slot is not None
                    else evaluated(node.program, vectors, len(self.matching.points))
                )
