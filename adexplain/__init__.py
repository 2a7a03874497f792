"""adexplain shows how derivatives are computed: primal, tangent and adjoint, step by step."""

from adexplain.codegen import compile, source
from adexplain.derivatives import grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
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
    "compile",
    "explain",
    "grad",
    "hessian",
    "hvp",
    "jacobian",
    "jvp",
    "parse",
    "source",
    "value_and_grad",
    "vjp",
]
__version__ = "0.1.0"
