"""The computational graph of a trace: its nodes and edges, their layout, and the drawing.

``model`` makes nodes and edges from an ``Explanation``, ``folding`` shortens large graphs,
``sketch`` lays them out (from the structure alone, so that other numbers do not move anything) and
``svg`` draws them.
"""

from adexplain.graph.model import Edge, Graph, Node, graph_of
from adexplain.graph.placing import TALL, WIDE, Shape
from adexplain.graph.sketch import Sketch, sketch_of

__all__ = ["TALL", "WIDE", "Edge", "Graph", "Node", "Shape", "Sketch", "graph_of", "sketch_of"]
