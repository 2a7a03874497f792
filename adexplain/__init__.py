"""adexplain shows how derivatives are computed: primal, tangent and adjoint, step by step."""

from adexplain.errors import AdexplainError, BudgetError, InputError
from adexplain.explain import Explanation, explain
from adexplain.language import parse
from adexplain.program import Program

__all__ = [
    "AdexplainError",
    "BudgetError",
    "Explanation",
    "InputError",
    "Program",
    "explain",
    "parse",
]
__version__ = "0.1.0"
