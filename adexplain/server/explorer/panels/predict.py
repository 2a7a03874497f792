"""Predict, then reveal: the card with the question, and the judgement of a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from markupsafe import Markup

from adexplain.errors import InputError
from adexplain.explanation.explain import Explanation
from adexplain.narration.parts import Parts, plain_text
from adexplain.practice.coverage import RULES, question_at
from adexplain.practice.equality import Match
from adexplain.practice.hints import hints
from adexplain.practice.predicting import first_covered, judge, prompt
from adexplain.server.explorer.panels.covering import Cover
from adexplain.server.explorer.panels.step_card import parts_html
from adexplain.server.http.address import State

SECOND_HINT_TRIES = 2
"""After this many wrong answers the second hint is shown too."""
GIVEN_FIELD, GIVE_UP_BUTTON, HINT_BUTTON, TRIES_FIELD = "given", "give", "hint", "tries"
"""Names of the form's fields and buttons."""

NUMBER_HELP = "A number, a fraction or an expression. Five digits are plenty; fewer will do."
FORMULA_HELP = "A formula in the names of the rows; write v1' for a tangent or an adjoint."


@dataclass(frozen=True)
class Guess:
    """What a person sent: an answer, or that they want a hint, or give up.

    Attributes:
        step: the covered step.
        given: the answer as typed.
        gives_up: whether the step is to be shown.
        wants_hint: whether a hint is to be shown.
        tries: how many wrong answers came before.
    """

    step: int
    given: str = ""
    gives_up: bool = False
    wants_hint: bool = False
    tries: int = 0


@dataclass(frozen=True)
class JudgedGuess:
    """The judgement of a guess.

    Attributes:
        step: the covered step.
        verdict: "exact", "rounded", "wrong", "unread", "hint" or "shown".
        head: the verdict in a sentence.
        hints: the hints to show.
        problem, help: why an answer could not be read, and what to write instead.
        given: the answer as typed, for its field.
        tries: wrong answers so far.
        ends: whether this was the last covered step.
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
        """Whether the step is now revealed."""
        return self.verdict in ("exact", "rounded", "shown")


@dataclass(frozen=True)
class QuestionCard:
    """The card of a covered step, with its question.

    Attributes:
        number: the step.
        sweep: the sweep it belongs to.
        prompt: the question; ``spoken`` is the same as plain text.
        help_text: what may be typed.
        fields: the hidden fields of the form, as (name, value) pairs.
        action: the address to which the form is sent.
        is_question: True; a step's card has the same attribute.
    """

    number: int
    sweep: str
    prompt: Markup
    spoken: str
    help_text: str
    fields: tuple[tuple[str, str], ...]
    action: str
    is_question: bool = True


@dataclass(frozen=True)
class Prediction:
    """How far a trace is revealed.

    Attributes:
        kind: what is predicted.
        revealed: the last revealed step.
        step: the step at which the trace is shown; None for the whole trace.
        covered: the first covered step; None where everything is revealed.
        judged: the judgement of the guess in the request, if there is one.
    """

    kind: str
    revealed: int
    step: int | None
    covered: int | None
    judged: JudgedGuess | None = None

    def cover(self, explanation: Explanation) -> Cover | None:
        """What is covered; None where everything is revealed."""
        return None if self.covered is None else Cover(explanation, self.kind, self.covered)


def prediction(explanation: Explanation, state: State, guess: Guess | None = None) -> Prediction:
    """How far the trace of a state is revealed, after a guess has been judged.

    The steps before the state's own count as revealed, and so do those up to ``state.revealed``.
    """
    total = explanation.stepping.total
    step = None if state.step is None else min(state.step, total)
    revealed = max(min(state.revealed or 0, total), (step or 1) - 1)
    judged = None
    covered = first_covered(explanation, state.predict, revealed)
    if guess and covered is not None and guess.step == covered:
        judged = judge_guess(explanation, state.predict, guess)
        if judged.reveals:
            revealed = step = covered
            covered = first_covered(explanation, state.predict, revealed)
    if covered is None:
        return Prediction(state.predict, total, step, None, judged)
    step = covered if step is None else min(step, covered)
    return Prediction(state.predict, covered - 1, step, covered, judged)


def judge_guess(explanation: Explanation, kind: str, guess: Guess) -> JudgedGuess:
    """The judgement of a guess; its step must be one that ``kind`` covers."""
    reply = partial(JudgedGuess, guess.step, given=guess.given)
    ends = first_covered(explanation, kind, guess.step) is None
    if guess.gives_up:
        return reply("shown", head=Markup("Here is the step."), ends=ends)
    if not guess.given.strip() or guess.wants_hint:
        return _hint_reply(explanation, kind, guess)
    try:
        judgement = judge(explanation, guess.step, kind, guess.given)
    except InputError as error:
        return reply("unread", problem=error.message, help=error.hint, tries=guess.tries)
    if judgement.match is not Match.WRONG:
        return reply(judgement.match.value, head=parts_html(judgement.praise), ends=ends)
    tries = guess.tries + 1
    head = Markup("Not yet. {}").format(parts_html(judgement.remark))
    return reply("wrong", head=head, hints=_shown_hints(judgement.hints, tries), tries=tries)


def _hint_reply(explanation: Explanation, kind: str, guess: Guess) -> JudgedGuess:
    """The reply to a request for a hint; it counts as a try, so the next one shows more."""
    tries = guess.tries + 1
    shown = _shown_hints(hints(explanation, kind, question_at(explanation, guess.step)), tries)
    return JudgedGuess(guess.step, "hint", Markup("A hint."), shown, given=guess.given, tries=tries)


def _shown_hints(known: tuple[Parts, ...], tries: int) -> tuple[Markup, ...]:
    return tuple(parts_html(hint) for hint in known[: 2 if tries >= SECOND_HINT_TRIES else 1])


def question_card(explanation: Explanation, state: State, predicted: Prediction) -> QuestionCard:
    """The card of the first covered step; there must be one."""
    assert predicted.covered is not None
    parts = prompt(explanation, predicted.kind, predicted.covered)
    sent = replace(state, step=predicted.covered, revealed=None, compare=False, rows=None)
    path = state.address().partition("?")[0]
    return QuestionCard(
        predicted.covered,
        explanation.stepping.at(predicted.covered).sweep,
        parts_html(parts),
        plain_text(parts),
        FORMULA_HELP if predicted.kind == RULES else NUMBER_HELP,
        tuple(sent.pairs()),
        path,
    )


def guess_of(pairs: Iterable[tuple[str, str]]) -> Guess | None:
    """The guess in the fields of a form; None where there is none."""
    fields = dict(pairs)
    step, tries = fields.get("step", ""), fields.get(TRIES_FIELD, "")
    is_guess = {GIVEN_FIELD, GIVE_UP_BUTTON, HINT_BUTTON} & fields.keys()
    if not step.isdecimal() or len(step) > 9 or not is_guess:
        return None
    return Guess(
        int(step),
        fields.get(GIVEN_FIELD, ""),
        GIVE_UP_BUTTON in fields,
        HINT_BUTTON in fields,
        int(tries) if tries.isdecimal() and len(tries) < 4 else 0,
    )
