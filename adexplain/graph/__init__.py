"""The computational graph: what its nodes and edges are, where they stand, how they are drawn.

``model`` takes an ``Explanation`` apart, ``folding`` keeps a large one readable, ``sketch`` places
it (from its structure alone, so that other numbers do not move anything), ``svg`` draws it.
"""

from adexplain.graph.model import Edge, Graph, Node, graph_of
from adexplain.graph.placing import TALL, WIDE, Shape
from adexplain.graph.sketch import Sketch, sketch_of

__all__ = ["TALL", "WIDE", "Edge", "Graph", "Node", "Shape", "Sketch", "graph_of", "sketch_of"]
