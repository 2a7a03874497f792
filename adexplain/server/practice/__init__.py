"""Exercises, worksheets and check-my-work as pages."""
