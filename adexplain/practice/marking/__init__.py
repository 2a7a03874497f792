"""Check my work: a derivation made by hand, read, aligned with the trace and marked row by row.

Its layers; each imports only from those above it:

    reading   a derivation as typed → statements, each knowing where it was typed
    alignment   which row of the function each row is, and the numbers behind both
    diagnosis   which usual mistake gives what was written
    judging   each statement against what it should be
    check   the whole, as plain data
"""

from adexplain.practice.marking.check import WorkError, check
from adexplain.practice.marking.diagnosis.mistake_kinds import KINDS
from adexplain.practice.marking.judging.result import MARKS, CheckedWork, MarkedRow

__all__ = ["KINDS", "MARKS", "CheckedWork", "MarkedRow", "WorkError", "check"]
