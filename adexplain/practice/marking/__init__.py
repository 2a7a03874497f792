"""Check my work: a person's own derivation, read, aligned with the trace and marked row by row."""

from adexplain.practice.marking.checking import WorkError, check
from adexplain.practice.marking.kinds import KINDS
from adexplain.practice.marking.result import MARKS, Checked, Marked

__all__ = ["KINDS", "MARKS", "Checked", "Marked", "WorkError", "check"]
