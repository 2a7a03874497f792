"""Narrates each step of a trace: a sentence, the rule, and the rule with names and numbers."""
