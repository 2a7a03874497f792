"""Make exercises: draw functions until one has only easy numbers, and add a question."""

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
from adexplain.practice.exercises.easy_numbers import is_easy
from adexplain.practice.exercises.exact_numbers import Exact, NotExactError
from adexplain.practice.exercises.kinks import kinks
from adexplain.practice.exercises.questions import (
    KINDS,
    Blank,
    BlankKey,
    Wording,
    blank_keys,
    blank_labels,
)
from adexplain.practice.exercises.random_choice import Chance, UnsuitableError
from adexplain.practice.exercises.random_functions import DRAFTS, Draft
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
"""Level → its title."""
LARGEST_SEED = 999_999_999
_MAX_DRAWS = 3_000
"""Most drafts for one exercise; a level that needs more is broken."""
_DRAFT_MAKERS = {**DRAFTS, "kinks": kinks}


@dataclass(frozen=True)
class Exercise:
    """A question about a function at a point, and its exact answers.

    Attributes:
        level, seed: identify the exercise; the same pair gives the same one on every machine.
        text: the function, as a user may type it.
        at: its point, as typed.
        kind: the kind of question: gradient, jacobian, tangent, adjoint, row or sides.
        mode: the mode of AD that answers it.
        tangent, bar: the seeds.
        focus: the row the question is about, or "".
        question: the question as text.
        question_latex: the question with formulas between dollar signs.
        blanks: the numbers to fill in.
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
        """All answers on one line: ``∂f/∂x = 3/4, ∂f/∂y = -2``."""
        return ", ".join(f"{blank.label} = {blank.answer_text}" for blank in self.blanks)

    @property
    def title(self) -> str:
        """The title of the level, and the seed."""
        return f"{LEVELS[self.level]}, number {self.seed}"

    def sweeps(self) -> tuple[Explanation, ...]:
        """The traces that answer it: one, or for a Jacobian one adjoint sweep for each output."""
        return tuple(self.explanation(bar=bar) for bar in self.bars)

    @property
    def bars(self) -> tuple[Mapping[str, int], ...]:
        """The adjoint seed of each sweep."""
        if self.kind != "jacobian":
            return (self.bar,)
        return tuple({name: int(name == output) for name in self.bar} for output in self.bar)

    def explanation(self, mode: str = "", bar: Mapping[str, int] | None = None) -> Explanation:
        """The solved trace in exact numbers, by default in the exercise's own mode and seeds."""
        adjoint = dict(self.bars[0] if bar is None else bar)
        seed = {"tangent": dict(self.tangent), "adjoint": adjoint}
        explanation = explain(self.text, self.at, mode or self.mode, seed)
        seeds = (explanation.tangent_seed, explanation.adjoint_seed)
        typed = [self.at[name] for name in explanation.program.input_names]
        values = explanation.trace.values
        explanation.exact = exact_trace(explanation.program, typed, values, seeds, EXACT)
        return explanation


def level_of(text: str) -> str:
    """Check a typed level.

    Raises:
        InputError: there is no such level.
    """
    if text not in LEVELS:
        raise InputError(f"There is no level `{text}`.", None, f"The levels: {', '.join(LEVELS)}.")
    return text


def seed_of(text: str) -> int:
    """Read a typed seed.

    Raises:
        InputError: it is not a whole number from 0 to 999,999,999.
    """
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise InputError(
            f"`{text[:20]}` is no number of an exercise.", None, "Write a whole number, such as 7."
        )
    return int(text)


@lru_cache(maxsize=1024)
def make(level: str, seed: int) -> Exercise:
    """Make an exercise; the same level and seed give the same one on every machine.

    Args:
        level: one of :data:`LEVELS`.
        seed: a whole number from 0 to 999,999,999.

    Raises:
        InputError: there is no such level or seed.
    """
    level_of(level)
    seed_of(str(seed))
    chance = Chance(f"adexplain exercise {level} {seed}")
    for _ in range(_MAX_DRAWS):
        try:
            return _Candidate(level, seed, _DRAFT_MAKERS[level](chance), chance).exercise()
        except (UnsuitableError, NotExactError):
            continue
    raise AssertionError(f"no exercise of level {level} in {_MAX_DRAWS} draws")


def distinct_exercises(level: str, seed: int, count: int) -> list[Exercise]:
    """``count`` exercises from a seed, no two of them the same function at the same point."""
    levels = list(LEVELS) if level == "mixed" else [level_of(level)]
    chance = Chance(f"adexplain sheet {level} {seed}")
    found: dict[tuple[str, ...], Exercise] = {}
    for exercise in _exercises(levels, chance):
        found.setdefault((exercise.text, *exercise.at.values()), exercise)
        if len(found) == count:
            return list(found.values())
    raise AssertionError("the exercises of a level do not end")


def _exercises(levels: list[str], chance: Chance) -> Iterator[Exercise]:
    place = 0
    while True:
        yield make(levels[place % len(levels)], chance.seed(LARGEST_SEED))
        place += 1


class _Candidate:
    """A draft, with seeds and a question drawn for it."""

    def __init__(self, level: str, seed: int, draft: Draft, chance: Chance) -> None:
        draft = _inputs_in_order(draft)
        self.level, self.seed, self.draft = level, seed, draft
        first = explain(draft.text, draft.at)
        self.program: Program = first.program
        names, outputs = self.program.input_names, self.program.output_names
        self.at = {name: draft.at[name] for name in names}
        self.values = first.trace.values
        self.kind = "sides" if draft.sides else chance.pick(_QUESTION_KINDS[level])
        self.tangent = {name: chance.integer(-2, 3) for name in names}
        if self.kind == "sides":  # the question is about the derivative itself, so the seed is 1
            self.tangent = dict.fromkeys(names, 1)
        self.bar = dict.fromkeys(outputs, 1)
        if len(outputs) > 1 or (level == "one" and self.kind in ("adjoint", "row")):
            self.bar = {name: chance.integer(-2, 3) for name in outputs}
        rows = [self.program.names[slot] for slot in self.program.rows]
        self.focus = chance.pick(rows[:-1] or rows) if self.kind == "row" else ""
        if self.kind == "adjoint" and len(rows) > 2 and len(outputs) == 1 and chance.happens(0.5):
            self.focus = chance.pick(rows[:-1])

    @cached_property
    def numbers(self) -> ExactNumbers:
        """The exact trace for the drawn seeds."""
        return self._numbers(list(self.tangent.values()), list(self.bar.values()))

    def _numbers(self, tangent: list[int], bar: list[int]) -> ExactNumbers:
        typed = list(self.at.values())
        seeds = ([float(by) for by in tangent], [float(by) for by in bar])
        return exact_numbers(self.program, typed, self.values, seeds, EXACT)

    def exercise(self) -> Exercise:
        """The exercise.

        Raises:
            UnsuitableError: a number is not easy, or the function does not fit the level.
        """
        allow_zeros = self.draft.kink
        if not suitable(self.level, self.program, self.numbers, allow_zeros):
            raise UnsuitableError
        if self.level == "outputs":  # a Jacobian entry may be 0 even if no adjoint is
            for entry in blank_keys("jacobian", self.program, ""):
                self._blank(entry)
        blanks = tuple(self._blank(key) for key in blank_keys(self.kind, self.program, self.focus))
        outputs = self.program.output_names
        wording = Wording(self.kind, self.at, self.tangent, self.bar, outputs, self.focus)
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
            wording.sentence(tex=False),
            wording.sentence(tex=True),
            blanks,
        )

    def _blank(self, key: BlankKey) -> Blank:
        number = self._answer(*key)
        if not (is_easy(number) or (self.draft.kink and not number)):
            raise UnsuitableError
        return Blank(*key, *blank_labels(*key), number.text, number.latex, float(number))

    def _answer(self, quantity: str, of: str, by: str) -> Exact:
        program, numbers = self.program, self.numbers
        if quantity in ("left", "right"):
            assert self.draft.sides
            left, right = self.draft.sides
            if left == right:
                raise UnsuitableError
            return left if quantity == "left" else right
        if quantity == "partial":
            unit = [int(name == of) for name in program.output_names]
            adjoints = self._numbers(list(self.tangent.values()), unit).adjoints
            return _exact(adjoints.get(program.inputs[program.input_names.index(by)]))
        slot = program.names.index(of) if of in program.names else -1
        if of in program.output_names:
            slot = program.outputs[program.output_names.index(of)]
        table = {"value": numbers.values, "tangent": numbers.tangents, "adjoint": numbers.adjoints}
        return _exact(table[quantity].get(slot))


def _exact(number: object) -> Exact:
    if isinstance(number, Exact):
        return number
    return Exact({})


def _inputs_in_order(draft: Draft) -> Draft:
    """The same function with its inputs named in reading order: x before y."""
    names = parse(draft.text).input_names
    if list(names) == sorted(names) or len(names) != 2:
        return draft
    other = dict(zip(names, reversed(names), strict=True))
    text = re.sub(r"\w+", lambda word: other.get(word[0], word[0]), draft.text)
    return replace(draft, text=text, at={other[name]: draft.at[name] for name in names})


_QUESTION_KINDS = {
    "one": ("gradient", "gradient", "tangent", "adjoint", "row"),
    "chain": ("gradient", "tangent", "adjoint", "row"),
    "product": ("gradient", "gradient", "tangent", "adjoint", "row"),
    "sharing": ("gradient", "adjoint", "adjoint", "tangent", "row"),
    "outputs": ("jacobian", "tangent", "adjoint"),
    "kinks": ("gradient", "tangent", "row"),
}
