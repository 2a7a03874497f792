"""adexplain shows how derivatives are computed: primal, tangent and adjoint, step by step.

    import adexplain as ad

    print(ad.explain("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}))
    ad.grad("x^2*y")(3, 4)

Everything a person can give becomes a ``Program`` (a Wengert list); differentiation is a function
from ``Program`` to ``Program``; everything a person can see is an ``Explanation`` made from them.
The layers, in the order in which work flows; a module imports only from layers above its own,
within a line from those further left, and never from this file (``tests/test_architecture.py``):

    version errors budgets paths plain_data plain_numbers   what everything else may use
    primitives kernels   the table of primitives, one row each; kernels; IEEE arithmetic
    program   ``Program`` and its builder
    language   typed text → ``Program``: tokens, Pratt parser, parse errors, printing
    transforms   ``Program`` → ``Program``: tangent, adjoint, cost
    evaluate   forward runs and backward sweeps over floats, mpmath and SymPy; points and seeds
    frontends   whatever a person gives → ``Program``
    codegen derivatives   readable Python and compiled callables; ``grad``, ``jvp``, ``hvp``, …
    workers   processes with a deadline and a memory limit
    typeset statuses explanation   LaTeX; what may be doubted; ``Explanation``, plain data
    comparison   SymPy, differences and the complex step beside AD, and the verdict
    narration doctor graph export   steps in words; bad derivatives; drawings; files
    practice lessons   exercises, worksheets, marking; lessons read and checked
    server cli   pages and JSON; the command line
"""

from adexplain.codegen import compile, source
from adexplain.comparison.compare import Comparison, compare
from adexplain.derivatives import grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
from adexplain.errors import AdexplainError, BudgetError, InputError
from adexplain.explanation.explain import Explanation, explain
from adexplain.export.registration import register_writers
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
