"""Lessons: ``lessons/NN-slug/lesson.md``, read, checked, and given to whoever shows them."""

from adexplain.lessons.faults import LessonError
from adexplain.lessons.lesson import Lesson, Slide
from adexplain.lessons.library import Entry, entries, load, terms, works

__all__ = ["Entry", "Lesson", "LessonError", "Slide", "entries", "load", "terms", "works"]
