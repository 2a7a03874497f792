"""Values and derivatives of a ``Program`` at a point, in floats, mpmath, SymPy or exact numbers."""
