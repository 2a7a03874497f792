"""Exercises by level, made from a seed, with numbers to do by hand and exact answers."""

from __future__ import annotations

from adexplain.practice.exercises.make_exercise import (
    LARGEST_SEED,
    LEVELS,
    Exercise,
    distinct_exercises,
    level_of,
    make,
    seed_of,
)
from adexplain.practice.exercises.questions import Blank

__all__ = [
    "LARGEST_SEED",
    "LEVELS",
    "Blank",
    "Exercise",
    "distinct_exercises",
    "level_of",
    "make",
    "seed_of",
]
