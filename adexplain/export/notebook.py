"""Writes an ``Explanation`` as a Jupyter notebook: text, and code cells that compute it again.

The file is nbformat 4.5, written as plain JSON; the same explanation gives the same file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from adexplain.explanation.explain import Explanation
from adexplain.export.json_csv import json_text
from adexplain.export.markdown import cell, dollars
from adexplain.language import parse
from adexplain.statuses.status import OK
from adexplain.version import __version__

CODE_ROWS = 150
"""Most rows for which the generated code is part of the file; else the notebook makes it."""
WIDTH = 88

Cell = dict[str, Any]

_SWEEPS = {
    "both": "its value (*primal*), the value's derivative in the direction of the seed (*tangent*, "
    "computed from the top down), and the output's derivative by the row (*adjoint*, from the "
    "bottom up, a contribution for each use)",
    "forward": "its value (*primal*) and the value's derivative in the direction of the seed "
    "(*tangent*), computed from the top down",
    "reverse": "its value (*primal*, computed from the top down) and the output's derivative by "
    "the row (*adjoint*, from the bottom up, a contribution for each use)",
}


def notebook(explanation: Explanation, ascii_only: bool = False) -> str:
    """The notebook's JSON."""
    cells = [
        *_opening(explanation),
        *_trace(explanation),
        *_derivative(explanation),
        *_comparison(explanation),
        *_program(explanation),
        _text("next", "## Go on", _GO_ON_TEXT),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    language = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
    metadata = {"kernelspec": kernel, "language_info": language}
    data = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json_text(data, ascii_only)


_GO_ON_TEXT = (
    "Change `f` or `at` at the top and run all cells again. Before you look at the trace, say "
    "which derivatives will grow, which will change their sign, and which will be 0."
)


def _text(name: str, *parts: str) -> Cell:
    source = "\n\n".join(part for part in parts if part)
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(source)}


def _code(name: str, source: str) -> Cell:
    """A cell that has not run; its name serves as its id, so that exports are reproducible."""
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": _lines(source),
    }


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


def _opening(explanation: Explanation) -> Iterator[Cell]:
    outputs = " and ".join(item.name for item in explanation.outputs[:4])
    several = "derivatives" if len(explanation.outputs) > 1 else "derivative"
    formulas = "\n\n".join(f"${dollars(line)}$" for line in explanation.formula)
    needs = f"It needs the Python package `adexplain` (written by version {__version__})."
    yield _text("title", f"# How the {several} of {cell(outputs)} is made", formulas, needs)
    function = _python(explanation.text)
    if len(parse(explanation.text).rows) != len(explanation.program.rows):
        function = f"ad.parse({function}, share=False)"  # equal parts have rows of their own
    yield _code("function", f"import adexplain as ad\n\nf = {function}\nat = {_point(explanation)}")


def _python(text: str) -> str:
    """A text as a Python literal; several lines are kept if they need no escapes."""
    lines = text.splitlines()
    plain = all(line.isprintable() for line in lines) and "\\" not in text and '"' not in text
    if not plain:
        return repr(text)
    return f'"{text}"' if len(lines) == 1 else f'"""\n{text}\n"""'


def _point(explanation: Explanation) -> str:
    at = explanation.at
    values = (
        [at[name] for name in explanation.program.input_names] if isinstance(at, Mapping) else at
    )
    return _mapping(dict(zip(explanation.program.input_names, values, strict=True)))


def _mapping(numbers: Mapping[str, Any], indent: str = "") -> str:
    """A mapping as a Python literal, on one line where it fits."""
    parts = [f"{_python(name)}: {_number(value)}" for name, value in numbers.items()]
    line = f"{{{', '.join(parts)}}}"
    if len(line) <= WIDTH:
        return line
    return "{\n" + "".join(f"{indent}    {part},\n" for part in parts) + indent + "}"


def _number(value: Any) -> str:
    if isinstance(value, str):
        return _python(value)
    return repr(value) if isinstance(value, int) else repr(float(value))


def _trace(explanation: Explanation) -> Iterator[Cell]:
    rows = len(explanation.program.rows)
    steps = "one elementary step, a row" if rows == 1 else f"{rows:,} elementary steps, the rows"
    text = f"The function is taken apart into {steps}. Each row has {_SWEEPS[explanation.mode]}."
    status = explanation.status
    doubt = f"▲ **{status['kind']}**: {cell(status['message'] or '')}"
    warnings = "\n".join(f"- {cell(warning)}" for warning in explanation.warnings)
    yield _text(
        "about-trace", "## The trace", text, doubt if status["kind"] != OK else "", warnings
    )
    options = []
    if explanation.mode != "both":
        options.append(f'mode="{explanation.mode}"')
    seed = _seed(explanation)
    options += [f"seed={_mapping(seed)}"] if seed else []
    options += ["exact=True"] if explanation.exact is not None else []
    call = f"explanation = ad.explain({', '.join(['f', 'at', *options])})"
    yield _code("trace", f"{call}\nexplanation")


def _seed(explanation: Explanation) -> dict[str, float]:
    """The seeds that differ from the default, which is 1 for the first input and output."""
    program, seed = explanation.program, dict[str, float]()
    for names, weights, wanted in (
        (program.input_names, explanation.tangent_seed, explanation.forward),
        (program.output_names, explanation.adjoint_seed, explanation.reverse),
    ):
        if wanted and not _usual(weights):
            given = {name: w for name, w in zip(names, weights, strict=True) if w}
            seed |= given or {names[0]: 0.0}
    return seed


def _usual(weights: tuple[float, ...]) -> bool:
    return weights == tuple(float(k == 0) for k in range(len(weights)))


def _derivative(explanation: Explanation) -> Iterator[Cell]:
    if not explanation.inputs:
        return
    cost = explanation.cost
    text = (
        f"The function's value takes {cost.primal:,} operations; with a tangent beside it, which "
        f"is the derivative in one direction, {cost.tangent:,}; with the adjoints, which are the "
        f"derivatives by all inputs at once, {cost.adjoint:,}."
    )
    if len(explanation.outputs) == 1:
        yield _text("about-gradient", "## The gradient", text)
        yield _code("gradient", "ad.grad(f)(at)")
    else:
        rows = "The matrix has a row for each output and a column for each input."
        yield _text("about-gradient", "## The Jacobian", text, rows)
        yield _code("gradient", "ad.jacobian(f)(at)")


def _comparison(explanation: Explanation) -> Iterator[Cell]:
    if not explanation.inputs:
        return
    text = (
        "Other ways to the same numbers, none of which uses the trace: SymPy differentiates the "
        "formula, and differences try the function at points nearby. *Digits* says to how many "
        "significant digits each agrees with the most precise one."
    )
    weights = explanation.adjoint_seed
    output = next((k for k, weight in enumerate(weights) if weight), 0)
    names = explanation.program.output_names
    option = f", output={_python(names[output])}" if len(names) > 1 else ""
    yield _text("about-comparison", "## Is it right?", text)
    yield _code("comparison", f"ad.compare(f, at{option})")


def _program(explanation: Explanation) -> Iterator[Cell]:
    mode = "reverse" if explanation.reverse else "forward"
    sweep = "adjoint" if explanation.reverse else "tangent"
    name = f"f_{sweep}"
    text = f"The {sweep} sweep written as Python, a line for each step of the table above."
    if len(explanation.program.rows) > CODE_ROWS:
        yield _text("about-code", "## The same as a program", text)
        yield _code("code", f'print(ad.source(f, mode="{mode}")[:4_000])')
        return
    from adexplain.codegen import source

    yield _text("about-code", "## The same as a program", text)
    yield _code("code", source(explanation.program, mode).rstrip())
    if not _finite(explanation):
        raises = "At this point it would raise what Python raises, since a number is not finite."
        yield _text("no-run", raises)
        return
    seed = explanation.adjoint_seed if explanation.reverse else explanation.tangent_seed
    arguments = ["*point"] + ([] if _usual(seed) else [f"*explanation.{sweep}_seed"])
    point = "point = [item.value for item in explanation.inputs]"
    yield _code("run", f"{point}\n{name}({', '.join(arguments)})")


def _finite(explanation: Explanation) -> bool:
    """Whether every number of the trace is one that Python computes without an exception."""
    trace = explanation.trace
    numbers = [*trace.values, *trace.tangents, *trace.adjoints]
    return all(math.isfinite(number) for number in numbers if number is not None)
