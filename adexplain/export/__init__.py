"""Writes an ``Explanation`` in other formats: text, LaTeX, JSON, drawings, notebooks."""
