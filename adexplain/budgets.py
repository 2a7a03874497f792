"""How much one request may cost. The only place where these numbers stand; the docs quote them."""

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
STATUS_ROWS = 5_000
"""Rows beyond which doubtful points are not examined in high precision."""
STATUS_PARTIALS = 200
"""Partials of an answer that are examined in high precision at a doubtful point."""
