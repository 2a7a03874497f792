"""LaTeX formulas of a ``Program`` and of the rules in the table of primitives."""
