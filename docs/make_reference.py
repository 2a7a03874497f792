"""Write the documentation that is made from the code: ``python docs/make_reference.py``.

It writes ``reference.md``, the table of primitives, and the table of limits in ``language.md``.
"""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from pathlib import Path

from adexplain import budgets
from adexplain.export.markdown import cell, dollars, pipes
from adexplain.primitives.primitive import PRIMITIVES, Primitive, parameters
from adexplain.typeset.formulas import Formula, operation

DOCS = Path(__file__).parent
HEAD = """\
# Primitives

Made from the table in `adexplain/primitives/rule_table.py` by `python docs/make_reference.py`. The
partials are in terms of the arguments *a*, *b*, *c* and the result *y*, in the language users
type; a semicolon separates those of different arguments. [About the numbers](numbers.md) explains
the statuses. On NumPy arrays these are computed one element at a time, because NumPy has no such
function: LOOPS.

"""
LIMITS = "| Limit | | |\n|---|---:|---|\n"


def reference() -> str:
    """The page of all primitives."""
    heading = ("you type", "value", "partials", "smooth", "why")
    lines = [_line(primitive) for primitive in PRIMITIVES.values()]
    looped = [code(row.spellings[0]) for row in PRIMITIVES.values() if row.loops]
    return (
        HEAD.replace("LOOPS", ", ".join(looped)) + "\n".join(pipes(heading, "lllll", lines)) + "\n"
    )


def _line(primitive: Primitive) -> list[str]:
    arguments = [Formula(name) for name in parameters(primitive, max(primitive.arity, 1))]
    if primitive.variadic:
        arguments.append(Formula(r"\ldots"))
    typed = [code(primitive.symbol or word) for word in primitive.spellings or (primitive.symbol,)]
    smooth = [f"needs {code(primitive.domain)}"] if primitive.domain else []
    for point in primitive.nonsmooth_points:
        where = f" in *{point.argument}*" if point.argument else ""
        convention = f" (answer: {point.convention})" if point.convention else ""
        smooth.append(f"{point.status}{where} at {code(point.condition)}{convention}")
    if primitive.saturates:
        smooth.append("saturates")
    formula = dollars(operation(primitive.name, arguments).latex)
    partials = "; ".join(code(text) for text in primitive.partials)
    return [
        ", ".join(dict.fromkeys(typed)),
        formula,
        partials,
        "; ".join(smooth),
        cell(primitive.why),
    ]


def code(text: str) -> str:
    """Text as code in a cell of a Markdown table, with bars escaped."""
    return f"`{text.replace('|', chr(92) + '|')}`"


def limits() -> str:
    """The table of budgets: name, number, meaning."""
    body = ast.parse(inspect.getsource(budgets)).body
    lines = []
    for node, comment in pairwise(body):
        if isinstance(node, ast.Assign) and isinstance(comment, ast.Expr):
            assert isinstance(node.targets[0], ast.Name)
            assert isinstance(comment.value, ast.Constant)
            name = node.targets[0].id
            about = " ".join(str(comment.value.value).split())
            lines.append(f"| `{name}` | {getattr(budgets, name):,} | {about} |")
    return "\n".join(lines) + "\n"


def language() -> str:
    """The page about the language, with the current limits."""
    text = (DOCS / "language.md").read_text("utf-8")
    return text.partition(LIMITS)[0] + LIMITS + limits()


def main() -> None:
    """Write both pages."""
    (DOCS / "reference.md").write_text(reference(), "utf-8")
    (DOCS / "language.md").write_text(language(), "utf-8")


if __name__ == "__main__":
    main()
