"""The table of primitives, one row each, and the values that Python or NumPy lack."""
