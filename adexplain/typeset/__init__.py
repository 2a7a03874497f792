"""Formulas in LaTeX, made from a ``Program`` and from the rule table."""
