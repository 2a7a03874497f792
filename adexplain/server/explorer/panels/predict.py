"""Predict, then reveal, as the page shows it: the question in the card, and the judgement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from markupsafe import Markup

from adexplain.errors import InputError
from adexplain.explanation.explain import Explanation
from adexplain.narration.parts import Parts, spoken
from adexplain.practice.coverage import RULES, asked_at
from adexplain.practice.equality import Match
from adexplain.practice.hints import hints
from adexplain.practice.predicting import first_covered, judge, question
from adexplain.server.explorer.panels.covering import Cover
from adexplain.server.explorer.panels.step_card import joined
from adexplain.server.http.address import State

TRIES = 2
"""Wrong answers after which the second hint comes as well."""
GIVEN, GIVE, HINT, TRIED = "given", "give", "hint", "tries"
"""Names of the form's fields and buttons."""

NUMBER = "A number, a fraction or an expression. Five digits are plenty; fewer will do."
FORMULA = "A formula in the names of the rows; write v1' for a tangent or an adjoint."


@dataclass(frozen=True)
class Guess:
    """What a person sent: an answer, or that he wants a hint, or to see the step."""

    step: int
    given: str = ""
    gives_up: bool = False
    wants_hint: bool = False
    tries: int = 0


@dataclass(frozen=True)
class Judged:
    """What is said of it.

    Attributes:
        step: the step it is about.
        verdict: "exact", "rounded", "wrong", "unread", "hint" or "shown".
        head: the verdict in a sentence.
        hints: what helps.
        problem, help: why an answer could not be read, and what to write instead.
        given: what was typed, for the field.
        tries: wrong answers so far.
        ends: whether nothing is covered after it.
    """

    step: int
    verdict: str
    head: Markup = field(default=Markup())
    hints: tuple[Markup, ...] = ()
    problem: str = ""
    help: str = ""
    given: str = ""
    tries: int = 0
    ends: bool = False

    @property
    def reveals(self) -> bool:
        """Whether the step is uncovered now."""
        return self.verdict in ("exact", "rounded", "shown")


@dataclass(frozen=True)
class Ask:
    """The card of a step that is covered."""

    number: int
    sweep: str
    question: Markup
    spoken: str
    how: str
    fields: tuple[tuple[str, str], ...]
    action: str
    asks: bool = True


@dataclass(frozen=True)
class Prediction:
    """How far a trace is uncovered.

    Attributes:
        kind: what is predicted.
        told: the last step that is not covered.
        step: where the telling stands.
        covered: the first step that is covered; None where nothing is any more.
        judged: what is said of an answer that came with the request.
    """

    kind: str
    told: int
    step: int | None
    covered: int | None
    judged: Judged | None = None

    def cover(self, explanation: Explanation) -> Cover | None:
        """What hides the rest of the page; None where nothing is covered any more."""
        return None if self.covered is None else Cover(explanation, self.kind, self.covered)


def prediction(explanation: Explanation, state: State, guess: Guess | None = None) -> Prediction:
    """How far the trace of a state is uncovered: up to the step before the one it stands at."""
    total = explanation.stepping.total
    step = None if state.step is None else min(state.step, total)
    told = max(min(state.told or 0, total), (step or 1) - 1)
    judged = None
    covered = first_covered(explanation, state.predict, told)
    if guess and covered is not None and guess.step == covered:
        judged = judged_of(explanation, state.predict, guess)
        if judged.reveals:
            told = step = covered
            covered = first_covered(explanation, state.predict, told)
    if covered is None:
        return Prediction(state.predict, total, step, None, judged)
    step = covered if step is None else min(step, covered)
    return Prediction(state.predict, covered - 1, step, covered, judged)


def judged_of(explanation: Explanation, kind: str, guess: Guess) -> Judged:
    """What is to be said of a guess; its step must be one that ``kind`` asks for."""
    said = partial(Judged, guess.step, given=guess.given)
    ends = first_covered(explanation, kind, guess.step) is None
    if guess.gives_up:
        return said("shown", head=Markup("Here is the step."), ends=ends)
    if not guess.given.strip() or guess.wants_hint:
        return _hinted(explanation, kind, guess)
    try:
        found = judge(explanation, guess.step, kind, guess.given)
    except InputError as error:
        return said("unread", problem=error.message, help=error.hint, tries=guess.tries)
    if found.match is not Match.WRONG:
        return said(found.match.value, head=joined(found.praise), ends=ends)
    tries = guess.tries + 1
    head = Markup("Not yet. {}").format(joined(found.remark))
    return said("wrong", head=head, hints=_shown(found.hints, tries), tries=tries)


def _hinted(explanation: Explanation, kind: str, guess: Guess) -> Judged:
    """A hint that was asked for; asked for again, the next one."""
    tries = guess.tries + 1
    found = _shown(hints(explanation, kind, asked_at(explanation, guess.step)), tries)
    return Judged(guess.step, "hint", Markup("A hint."), found, given=guess.given, tries=tries)


def _shown(found: tuple[Parts, ...], tries: int) -> tuple[Markup, ...]:
    return tuple(joined(hint) for hint in found[: 2 if tries >= TRIES else 1])


def ask(explanation: Explanation, state: State, found: Prediction) -> Ask:
    """The card of the covered step."""
    assert found.covered is not None
    asked = question(explanation, found.kind, found.covered)
    sent = replace(state, step=found.covered, told=None, compare=False, rows=None)
    path = state.address().partition("?")[0]
    return Ask(
        found.covered,
        explanation.stepping.at(found.covered).sweep,
        joined(asked),
        spoken(asked),
        FORMULA if found.kind == RULES else NUMBER,
        tuple(sent.pairs()),
        path,
    )


def guess_of(pairs: Iterable[tuple[str, str]]) -> Guess | None:
    """The guess in the fields of a form; None where there is none."""
    given = dict(pairs)
    step, tries = given.get("step", ""), given.get(TRIED, "")
    if not step.isdecimal() or len(step) > 9 or not {GIVEN, GIVE, HINT} & given.keys():
        return None
    counted = int(tries) if tries.isdecimal() and len(tries) < 4 else 0
    return Guess(int(step), given.get(GIVEN, ""), GIVE in given, HINT in given, counted)
