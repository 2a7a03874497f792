"""Files made of an ``Explanation``: text, LaTeX, JSON, drawings, notebooks."""
