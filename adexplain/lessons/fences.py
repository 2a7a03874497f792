"""The fences of a lesson: traces, charts, questions, exercises, checks and code, as plain data.

The content of a fence is TOML, or the code itself. An unknown key is an error at its line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from adexplain.lessons.prose import Prose
from adexplain.lessons.tables import Table, table

SHOWN = ("table", "graph", "code", "step")
MODES = ("both", "forward", "reverse")
CHARTS = ("u-curve", "taylor", "function", "swell", "cost")
LEVELS = ("one", "chain", "product", "sharing", "outputs", "kinks")
PREDICTED = ("values", "rules", "contributions", "gradient")


@dataclass(frozen=True)
class Trace:
    """A trace shown in a lesson, or one that is ``hidden`` and only provides numbers."""

    line: int
    name: str
    f: str
    at: Mapping[str, str]
    mode: str
    seed: str
    bar: str
    step: int | None
    predict: str
    exact: bool
    show: tuple[str, ...]
    caption: Prose
    hidden: bool


@dataclass(frozen=True)
class Chart:
    """A chart: its kind, its function, and the range that it shows."""

    line: int
    kind: str
    f: str
    at: Mapping[str, str]
    span: tuple[float, float]
    steps: int
    sizes: tuple[int, ...]
    caption: Prose


@dataclass(frozen=True)
class Question:
    """A question whose answer is a number, a formula or a choice."""

    line: int
    ask: Prose
    hint: Prose
    why: Prose
    answer: str = ""
    formula: str = ""
    near: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Prose, ...] = ()
    right: int = 0

    @property
    def kind(self) -> str:
        """The kind of answer: "number", "formula" or "choice"."""
        return "choice" if self.choices else "formula" if self.formula else "number"


@dataclass(frozen=True)
class Exercise:
    """An exercise, given by its level and seed."""

    line: int
    level: str
    seed: int


@dataclass(frozen=True)
class Check:
    """A derivation with a mistake that the reader is to find."""

    line: int
    f: str
    at: Mapping[str, str]
    work: str
    ask: Prose


@dataclass(frozen=True)
class CodeBlock:
    """Code. Python is run by a test, which compares what it prints with ``output``."""

    line: int
    language: str
    text: str
    output: str | None = None


Fence = Trace | Chart | Question | Exercise | Check | CodeBlock


def fence(path: Path, line: int, info: str, text: str) -> Fence:
    """Read a fence; ``line`` is the line of its opening backticks.

    Raises:
        LessonError: its content is not valid.
    """
    word = info.split()[0] if info.split() else ""
    if word not in _READERS:
        return CodeBlock(line, word, text)
    return _READERS[word](table(path, line + 1, text, f"fence `{word}`"), line)


_TRACE_KEYS = [
    "name",
    "f",
    "at",
    "mode",
    "seed",
    "bar",
    "step",
    "predict",
    "exact",
    "show",
    "caption",
    "hidden",
]


def _trace(read: Table, line: int) -> Trace:
    read.allow_only(_TRACE_KEYS)
    shown = tuple(read.texts("show", ["table", "graph", "step"]))
    for word in shown:
        if word not in SHOWN:
            raise read.fault("show", f"A trace cannot show {word!r}.", f"Write {', '.join(SHOWN)}.")
    step = read.get("step", int, -1)
    mode = read.one_of("mode", MODES, "both")
    seed, bar = read.get("seed", str, ""), read.get("bar", str, "")
    if mode == "reverse" and not bar:  # in reverse mode the seed can only be that of the adjoints
        seed, bar = "", seed
    return Trace(
        line,
        read.get("name", str, ""),
        read.get("f", str).strip(),
        _at(read),
        mode,
        seed,
        bar,
        step if step >= 0 else None,
        read.one_of("predict", PREDICTED, "") if "predict" in read.values else "",
        read.get("exact", bool, False),
        shown,
        _prose(read, "caption", ""),
        read.get("hidden", bool, False),
    )


def _chart(read: Table, line: int) -> Chart:
    read.allow_only(("kind", "f", "at", "from", "to", "steps", "sizes", "caption"))
    kind = read.one_of("kind", CHARTS)
    needs_function = kind in ("u-curve", "taylor", "function")
    sizes = read.get("sizes", list, [2, 4, 8, 16, 32, 64])
    if not sizes or not all(isinstance(n, int) and 2 <= n <= 1024 for n in sizes):
        raise read.fault("sizes", "`sizes` must be whole numbers from 2 to 1024.")
    steps = read.get("steps", int, 6)
    if not 2 <= steps <= 7:
        raise read.fault("steps", f"`steps` may be 2 to 7, not {steps}.")
    return Chart(
        line,
        kind,
        read.get("f", str, None if needs_function else "").strip(),
        _at(read) if kind in ("u-curve", "taylor") else {},
        (_number(read, "from", -2.0), _number(read, "to", 2.0)),
        steps,
        tuple(sizes),
        _prose(read, "caption", ""),
    )


def _question(read: Table, line: int) -> Question:
    read.allow_only(("ask", "answer", "formula", "near", "choices", "right", "hint", "why"))
    kinds = [key for key in ("answer", "formula", "choices") if key in read.values]
    if len(kinds) != 1:
        raise read.fault("answer", "A question has one of `answer`, `formula` and `choices`.")
    answer = read.values.get("answer", "")
    if isinstance(answer, (int, float)) and not isinstance(answer, bool):
        answer = repr(answer)
    if not isinstance(answer, str):
        raise read.fault("answer", "`answer` must be a number, or text in quotes.")
    choices = read.texts("choices", [])
    right = read.get("right", int, 0)
    if choices and not 1 <= right <= len(choices):
        raise read.fault("right", f"`right` must be 1 to {len(choices)}: the number of a choice.")
    return Question(
        line,
        _prose(read, "ask"),
        _prose(read, "hint"),
        _prose(read, "why"),
        answer.strip(),
        read.get("formula", str, "").strip(),
        _at(read, "near"),
        tuple(Prose.of(text, read.line_of("choices")) for text in choices),
        right,
    )


def _exercise(read: Table, line: int) -> Exercise:
    read.allow_only(("level", "seed"))
    return Exercise(line, read.one_of("level", LEVELS), read.get("seed", int))


def _check(read: Table, line: int) -> Check:
    read.allow_only(("f", "at", "work", "ask"))
    work = read.get("work", str).strip("\n")
    ask = _prose(read, "ask", "Which row is wrong, and why?")
    return Check(line, read.get("f", str).strip(), _at(read), work, ask)


def _prose(read: Table, key: str, default: str | None = None) -> Prose:
    return Prose.of(read.get(key, str, default), read.line_of(key))


def _number(read: Table, key: str, default: float) -> float:
    value = read.values.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise read.fault(key, f"`{key}` must be a number, not {value!r}.")
    return float(value)


def _at(read: Table, key: str = "at") -> dict[str, str]:
    """Values by name, as users would type them."""
    given = read.get(key, dict, {})
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise read.fault(key, f"The value of {name} must be a number, or text such as 'pi/3'.")
    return {
        name: value if isinstance(value, str) else repr(value).removesuffix(".0")
        for name, value in given.items()
    }


_READERS: dict[str, Callable[[Table, int], Fence]] = {
    "trace": _trace,
    "chart": _chart,
    "question": _question,
    "exercise": _exercise,
    "check": _check,
}
