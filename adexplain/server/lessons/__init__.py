"""Lessons as pages, lectures and files."""
