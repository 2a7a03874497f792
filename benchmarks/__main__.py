"""How fast it is: ``python3 dev.py bench``, or ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import ast
import json
import platform
import statistics
import sys
from typing import Any

import adexplain
from adexplain.evaluate.sweeps import compute_trace
from benchmarks.functions import FUNCTIONS, Function
from benchmarks.measure import Result, compare
from benchmarks.peers import PEERS

TABLE_GOAL = 2.5
CALL_GOAL = 1.25


def table_from_text(text: str, point: tuple[float, ...]) -> object:
    """Parse a function and compute its whole table of v, v-dot and v-bar."""
    program = adexplain.parse(text)
    return compute_trace(program, point, (1.0,) + (0.0,) * (len(point) - 1), (1.0,))


def text_to_table(function: Function, turns: int) -> dict[str, Any]:
    parser, table = compare(
        [(ast.parse, (function.text,)), (table_from_text, (function.text, function.point))], turns
    )
    return {
        "function": function.name,
        "ast.parse": parser.seconds,
        "table": table.seconds,
        "ratio": table.ratio,
    }


def generated_call(function: Function, turns: int, peers: bool) -> dict[str, Any]:
    contestants = {
        "by hand": function.by_hand,
        "adexplain.compile": adexplain.compile(function.text),
    }
    missing = []
    for name, make in PEERS.items() if peers else ():
        try:
            contestants[name] = make(function)
        except ImportError:
            missing.append(name)
    calls = [(call, function.point) for call in contestants.values()]
    found: dict[str, Result] = dict(zip(contestants, compare(calls, turns), strict=True))
    return {
        "function": function.name,
        "seconds": {name: result.seconds for name, result in found.items()},
        "ratios": {name: result.ratio for name, result in found.items()},
        "not installed": missing,
    }


def measure(turns: int, peers: bool) -> dict[str, Any]:
    """All figures, as plain data."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": platform.machine(),
        "turns": turns,
        "goals": {"table": TABLE_GOAL, "call": CALL_GOAL},
        "text to table": [text_to_table(function, turns) for function in FUNCTIONS],
        "value and gradient": [generated_call(f, turns, peers) for f in FUNCTIONS],
    }


def report(figures: dict[str, Any]) -> str:
    """The figures as a page of text."""
    lines = [
        f"{figures['python']}, {figures['machine']}. Medians of {figures['turns']} turns; a ratio",
        "is the median of the ratios within one turn, so that a busy machine changes it little.",
        "",
        "From text to the whole table of v, v-dot and v-bar, against ast.parse of the same text",
        f"(goal: at most {TABLE_GOAL})",
        "",
        f"  {'function':<26}{'ast.parse':>12}{'table':>12}{'ratio':>8}",
    ]
    for row in figures["text to table"]:
        times = f"{_time(row['ast.parse']):>12}{_time(row['table']):>12}"
        lines.append(f"  {row['function']:<26}{times}{row['ratio']:>8.2f}")
    ratios = [row["ratio"] for row in figures["text to table"]]
    lines += [f"  {'median':<50}{statistics.median(ratios):>8.2f}", ""]
    lines += [
        "One call for value and gradient, against the same written by hand in Python",
        f"(goal for adexplain.compile: at most {CALL_GOAL})",
    ]
    for row in figures["value and gradient"]:
        lines += ["", f"  {row['function']}"]
        for name, seconds in row["seconds"].items():
            lines.append(f"    {name:<24}{_time(seconds):>12}{row['ratios'][name]:>10.2f}")
    missing = figures["value and gradient"][0]["not installed"]
    if missing:
        lines += ["", f"Not installed, so left out: {', '.join(missing)}."]
    return "\n".join(lines)


def _time(seconds: float) -> str:
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds * 1e9:.0f} ns"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--turns", type=int, default=101, help="how often each takes its turn")
    parser.add_argument("--no-peers", action="store_true", help="measure adexplain alone")
    parser.add_argument("--page", action="store_true", help="measure the page in a browser instead")
    chosen = parser.parse_args(arguments)
    if chosen.page:
        from benchmarks import page  # a browser is needed for nothing else

        found = page.measure()
        print(json.dumps(found, indent=2) if chosen.json else page.report(found))
        return 0
    if chosen.turns < 1:
        parser.error("--turns must be at least 1")
    figures = measure(chosen.turns, not chosen.no_peers)
    print(json.dumps(figures, indent=2) if chosen.json else report(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
