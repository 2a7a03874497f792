"""Exercises made of drafts: those whose every number a person can do, with a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from adexplain.errors import InputError
from adexplain.evaluate.exact_trace import ExactNumbers, exact_numbers, exact_trace
from adexplain.explanation.explain import Explanation, explain
from adexplain.language import parse
from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.asking import KINDS, Blank, Wanted, Words, labels, wanted
from adexplain.practice.exercises.drafts import DRAFTS, Draft
from adexplain.practice.exercises.drawing import Chance, UnsuitableError
from adexplain.practice.exercises.exact_numbers import Exact, NotExactError
from adexplain.practice.exercises.human import human
from adexplain.practice.exercises.kinks import kinks
from adexplain.practice.exercises.suitable import suitable
from adexplain.program import Program

LEVELS = {
    "one": "One operation",
    "chain": "A chain of operations",
    "product": "Products and quotients",
    "sharing": "A row that is used twice",
    "outputs": "Two outputs",
    "kinks": "Kinks",
}
"""Level → how people call it."""
LARGEST_SEED = 999_999_999
_DRAWS = 3_000
"""Drafts after which there is something wrong with a level."""
_MAKERS = {**DRAFTS, "kinks": kinks}


@dataclass(frozen=True)
class Exercise:
    """A question about a function at a point, and its answer.

    Attributes:
        level, seed: which exercise it is; the same two give the same exercise everywhere.
        text: the function, as a user may type it.
        at: its point, as typed.
        kind: what is asked for: gradient, jacobian, tangent, adjoint, row or sides.
        mode: the mode in which that is found.
        tangent, bar: the seeds.
        focus: the row that is asked about, or "".
        question: what is asked, as text.
        question_latex: the same with formulas between dollar signs.
        blanks: the numbers that are asked for.
    """

    level: str
    seed: int
    text: str
    at: Mapping[str, str]
    kind: str
    mode: str
    tangent: Mapping[str, int]
    bar: Mapping[str, int]
    focus: str
    question: str
    question_latex: str
    blanks: tuple[Blank, ...] = field(repr=False)

    @property
    def answer(self) -> str:
        """All answers in a line: ``∂f/∂x = 3/4, ∂f/∂y = -2``."""
        return ", ".join(f"{blank.label} = {blank.text}" for blank in self.blanks)

    @property
    def title(self) -> str:
        """The level, as people call it, and the seed."""
        return f"{LEVELS[self.level]}, number {self.seed}"

    def sweeps(self) -> tuple[Explanation, ...]:
        """The traces that answer it: one, but for a Jacobian an adjoint sweep for each output."""
        return tuple(self.explanation(bar=bar) for bar in self.bars)

    @property
    def bars(self) -> tuple[Mapping[str, int], ...]:
        """The adjoint seed of each of its sweeps."""
        if self.kind != "jacobian":
            return (self.bar,)
        return tuple({name: int(name == output) for name in self.bar} for output in self.bar)

    def explanation(self, mode: str = "", bar: Mapping[str, int] | None = None) -> Explanation:
        """The solved trace, in exact numbers; in the exercise's own mode and seeds by default."""
        adjoint = dict(self.bars[0] if bar is None else bar)
        seed = {"tangent": dict(self.tangent), "adjoint": adjoint}
        explanation = explain(self.text, self.at, mode or self.mode, seed)
        seeds = (explanation.tangent_seed, explanation.adjoint_seed)
        typed = [self.at[name] for name in explanation.program.input_names]
        values = explanation.trace.values
        explanation.exact = exact_trace(explanation.program, typed, values, seeds, EXACT)
        return explanation


def level_of(text: str) -> str:
    """A level as typed.

    Raises:
        InputError: there is none of that name.
    """
    if text not in LEVELS:
        raise InputError(f"There is no level `{text}`.", None, f"The levels: {', '.join(LEVELS)}.")
    return text


def seed_of(text: str) -> int:
    """A seed as typed.

    Raises:
        InputError: it is no whole number in the range of seeds.
    """
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise InputError(
            f"`{text[:20]}` is no number of an exercise.", None, "Write a whole number, such as 7."
        )
    return int(text)


@lru_cache(maxsize=1024)
def make(level: str, seed: int) -> Exercise:
    """An exercise; the same level and seed give the same one on every machine.

    Args:
        level: one of :data:`LEVELS`.
        seed: a whole number from 0 to 999,999,999.

    Raises:
        InputError: there is no such level or seed.
    """
    level_of(level)
    seed_of(str(seed))
    chance = Chance(f"adexplain exercise {level} {seed}")
    for _ in range(_DRAWS):
        try:
            return _Candidate(level, seed, _MAKERS[level](chance), chance).exercise()
        except (UnsuitableError, NotExactError):
            continue
    raise AssertionError(f"no exercise of level {level} in {_DRAWS} draws")


def different(level: str, seed: int, count: int) -> list[Exercise]:
    """So many exercises from a seed, no two of them the same function at the same point."""
    levels = list(LEVELS) if level == "mixed" else [level_of(level)]
    chance = Chance(f"adexplain sheet {level} {seed}")
    found: dict[tuple[str, ...], Exercise] = {}
    for exercise in _drawn(levels, chance):
        found.setdefault((exercise.text, *exercise.at.values()), exercise)
        if len(found) == count:
            return list(found.values())
    raise AssertionError("the exercises of a level do not end")


def _drawn(levels: list[str], chance: Chance) -> Iterator[Exercise]:
    place = 0
    while True:
        yield make(levels[place % len(levels)], chance.seed(LARGEST_SEED))
        place += 1


class _Candidate:
    """A draft with seeds and a question drawn for it."""

    def __init__(self, level: str, seed: int, draft: Draft, chance: Chance) -> None:
        draft = _in_order(draft)
        self.level, self.seed, self.draft = level, seed, draft
        first = explain(draft.text, draft.at)
        self.program: Program = first.program
        names, results = self.program.input_names, self.program.output_names
        self.at = {name: draft.at[name] for name in names}
        self.values = first.trace.values
        self.kind = "sides" if draft.sides else chance.pick(_ASKED[level])
        self.tangent = {name: chance.whole(-2, 3) for name in names}
        if self.kind == "sides":  # a derivative is asked for: that along 1
            self.tangent = dict.fromkeys(names, 1)
        self.bar = dict.fromkeys(results, 1)
        if len(results) > 1 or (level == "one" and self.kind in ("adjoint", "row")):
            self.bar = {name: chance.whole(-2, 3) for name in results}
        rows = [self.program.names[slot] for slot in self.program.rows]
        self.focus = chance.pick(rows[:-1] or rows) if self.kind == "row" else ""
        if self.kind == "adjoint" and len(rows) > 2 and len(results) == 1 and chance.happens(0.5):
            self.focus = chance.pick(rows[:-1])

    @cached_property
    def numbers(self) -> ExactNumbers:
        """The exact trace for the seeds drawn."""
        return self._numbers(list(self.tangent.values()), list(self.bar.values()))

    def _numbers(self, tangent: list[int], bar: list[int]) -> ExactNumbers:
        typed = list(self.at.values())
        seeds = ([float(by) for by in tangent], [float(by) for by in bar])
        return exact_numbers(self.program, typed, self.values, seeds, EXACT)

    def exercise(self) -> Exercise:
        """The exercise, if everything about it is as it should be."""
        zeros = self.draft.kink
        if not suitable(self.level, self.program, self.numbers, zeros):
            raise UnsuitableError
        if self.level == "outputs":  # an entry of the Jacobian may be 0 although no adjoint is
            for entry in wanted("jacobian", self.program, ""):
                self._blank(entry)
        blanks = tuple(self._blank(one) for one in wanted(self.kind, self.program, self.focus))
        results = self.program.output_names
        words = Words(self.kind, self.at, self.tangent, self.bar, results, self.focus)
        return Exercise(
            self.level,
            self.seed,
            self.draft.text,
            self.at,
            self.kind,
            KINDS[self.kind],
            self.tangent,
            self.bar,
            self.focus,
            words.sentence(tex=False),
            words.sentence(tex=True),
            blanks,
        )

    def _blank(self, one: Wanted) -> Blank:
        number = self._answer(*one)
        if not (human(number) or (self.draft.kink and not number)):
            raise UnsuitableError
        return Blank(*one, *labels(*one), number.text, number.latex, float(number))

    def _answer(self, what: str, of: str, by: str) -> Exact:
        program, numbers = self.program, self.numbers
        if what in ("left", "right"):
            assert self.draft.sides
            left, right = self.draft.sides
            if left == right:
                raise UnsuitableError
            return left if what == "left" else right
        if what == "partial":
            unit = [int(name == of) for name in program.output_names]
            adjoints = self._numbers(list(self.tangent.values()), unit).adjoints
            return _known(adjoints.get(program.inputs[program.input_names.index(by)]))
        slot = program.names.index(of) if of in program.names else -1
        if of in program.output_names:
            slot = program.outputs[program.output_names.index(of)]
        table = {"value": numbers.values, "tangent": numbers.tangents, "adjoint": numbers.adjoints}
        return _known(table[what].get(slot))


def _known(number: object) -> Exact:
    if isinstance(number, Exact):
        return number
    return Exact({})


def _in_order(draft: Draft) -> Draft:
    """The same function with its inputs in the order in which one reads them: x before y."""
    names = parse(draft.text).input_names
    if list(names) == sorted(names) or len(names) != 2:
        return draft
    other = dict(zip(names, reversed(names), strict=True))
    text = re.sub(r"\w+", lambda word: other.get(word[0], word[0]), draft.text)
    return replace(draft, text=text, at={other[name]: draft.at[name] for name in names})


_ASKED = {
    "one": ("gradient", "gradient", "tangent", "adjoint", "row"),
    "chain": ("gradient", "tangent", "adjoint", "row"),
    "product": ("gradient", "gradient", "tangent", "adjoint", "row"),
    "sharing": ("gradient", "adjoint", "adjoint", "tangent", "row"),
    "outputs": ("jacobian", "tangent", "adjoint"),
    "kinks": ("gradient", "tangent", "row"),
}
