"""Processes that can be killed: work with a deadline, a memory limit and a place in a queue."""
