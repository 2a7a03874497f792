"""Lessons: read ``lessons/NN-slug/lesson.md``, check it, and judge answers to its questions."""

from adexplain.lessons.faults import LessonError
from adexplain.lessons.lesson import Lesson, Slide
from adexplain.lessons.library import Entry, entries, load, terms, works

__all__ = ["Entry", "Lesson", "LessonError", "Slide", "entries", "load", "terms", "works"]
