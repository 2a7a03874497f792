"""Check my work: a person's own derivation, read, aligned with the trace and marked row by row."""

from adexplain.practice.marking.check import WorkError, check
from adexplain.practice.marking.diagnosis.kinds import KINDS
from adexplain.practice.marking.judging.result import MARKS, Checked, Marked

__all__ = ["KINDS", "MARKS", "Checked", "Marked", "WorkError", "check"]
