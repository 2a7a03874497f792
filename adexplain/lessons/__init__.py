"""Lessons: ``lessons/NN-slug/lesson.md``, read, checked, and given to whoever shows them."""

from .faults import LessonError
from .lesson import Lesson, Slide
from .library import Entry, entries, load, terms, works

__all__ = ["Entry", "Lesson", "LessonError", "Slide", "entries", "load", "terms", "works"]
