"""``Explanation``: a trace as rows of plain data, which the views show."""
