"""A derivation as typed, read into statements, each knowing where it was typed."""
