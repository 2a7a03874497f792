"""Exercises by level, made from a seed: numbers a person can do, and an exact answer."""

from __future__ import annotations

from adexplain.practice.exercises.asking import Blank
from adexplain.practice.exercises.making import (
    LARGEST_SEED,
    LEVELS,
    Exercise,
    different,
    level_of,
    make,
    seed_of,
)

__all__ = [
    "LARGEST_SEED",
    "LEVELS",
    "Blank",
    "Exercise",
    "different",
    "level_of",
    "make",
    "seed_of",
]
