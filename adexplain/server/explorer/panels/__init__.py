"""The panels of the explorer, each made from plain data for its template."""
