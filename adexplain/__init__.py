"""adexplain shows how derivatives are computed: primal, tangent and adjoint, step by step.

    import adexplain as ad

    print(ad.explain("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}))
    ad.grad("x^2*y")(3, 4)

Functions are imported here by name, never modules: ``adexplain.explain`` and ``adexplain.compare``
are the functions, although there are modules of these names.
"""

from adexplain.codegen import compile, source
from adexplain.comparison.compare import Comparison, compare
from adexplain.derivatives import grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
from adexplain.errors import AdexplainError, BudgetError, InputError
from adexplain.explanation.explain import Explanation, explain
from adexplain.export.showing import register_writers
from adexplain.language import parse
from adexplain.program import Program
from adexplain.version import __version__ as __version__

__all__ = [
    "AdexplainError",
    "BudgetError",
    "Comparison",
    "Explanation",
    "InputError",
    "Program",
    "compare",
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

register_writers()
