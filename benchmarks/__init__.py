"""Benchmarks: adexplain, hand-written derivatives and other tools."""
