"""Limits on what one request may cost. ``docs/language.md`` lists them, made from this file."""

from __future__ import annotations

TEXT_LENGTH = 2_000_000
"""Characters of one input."""
NESTING = 500
"""Brackets and functions inside one another."""
ROWS = 250_000
"""Rows of one Program."""
NUMBER_LENGTH = 400
"""Characters of one number."""
NAME_LENGTH = 60
"""Characters of one name."""
VARIABLES = 100_000
"""Inputs of one Program."""
JACOBIAN_ENTRIES = 1_000_000
"""Outputs times inputs of one Jacobian."""
SYMBOLIC_SECONDS = 6.0
"""Seconds the SymPy worker has for one comparison."""
SYMBOLIC_ROWS = 400
"""Rows beyond which SymPy is not asked: its trees grow exponentially with nesting."""
STATUS_WORK = 20_000
"""Rows times partials beyond which doubtful points are not examined in high precision."""
FORMULA_ROWS = 2_000
"""Rows beyond which an explanation carries no LaTeX: nobody reads it, and it costs seconds. A row
counts once for every three arguments."""
WORKERS = 2
"""Processes that calculate at the same time."""
WORKERS_WAITING = 16
"""Calculations that may wait for a worker; more are refused."""
WORKER_MEMORY = 2_000_000_000
"""Bytes of address space of one worker."""
SYMBOLIC_TEXT = 2_000
"""Characters beyond which a symbolic derivative is counted instead of shown."""
SYMBOLIC_INPUTS = 64
"""Inputs beyond which SymPy is not asked."""
COMPARED_WORK = 6_000
"""Rows times inputs beyond which only the first inputs are compared."""
REFERENCE_WORK = 60_000
"""Rows times inputs beyond which no differences in high precision are taken."""
SYMBOLIC_NODES = 20_000
"""Parts of an expression, written out, beyond which SymPy is not asked for its derivative."""
DIAGNOSED = 1_000
"""Findings of the gradient doctor beyond which it looks no further."""
DIAGNOSIS_WORK = 6_000
"""Rows that the gradient doctor evaluates in many digits to tell a true zero from a lost one."""
WORK_LENGTH = 40_000
"""Characters of a derivation that is to be checked."""
WORK_ROWS = 400
"""Lines of a derivation that is to be checked."""
WORK_OPERATIONS = 120_000
"""Operations computed to explain what is wrong in a derivation; what is left is only marked."""
WORK_STEPS = 200
"""Rows of a function whose derivation is to be checked."""
