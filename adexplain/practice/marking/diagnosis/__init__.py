"""Diagnose mistakes: which common slip gives what the student wrote."""
