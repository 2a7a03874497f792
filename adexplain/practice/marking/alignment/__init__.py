"""Align a work with the function: which row is which, and the numbers of both."""
