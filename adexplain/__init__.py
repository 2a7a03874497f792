"""See how a derivative is made: traces of automatic differentiation, row by row."""
