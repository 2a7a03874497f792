"""``Explanation``: rows of plain data, the only thing that views read."""
