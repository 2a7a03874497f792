"""What a person typed, against the number or the rule of one step.

Formulas may use every name the trace knows; a prime stands for the tangent or the adjoint of a name
(``v4'``, also ``v̇4`` and ``v̄4``), whichever sweep the step belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

from adexplain.errors import AdexplainError, BudgetError, InputError
from adexplain.evaluate.run import run
from adexplain.explanation.explain import Explanation
from adexplain.explanation.index import index_of
from adexplain.explanation.stepping import TANGENT
from adexplain.language import parse
from adexplain.practice.coverage import Asked, arguments
from adexplain.practice.equality import Match, close, same_formula, same_number
from adexplain.primitives.ieee import IEEE
from adexplain.program import Program, row_text
from adexplain.typeset.rules import partial_text

LONGEST = 200
"""Characters of an answer."""
DEFINED = 80
"""Rows before a step that a formula may go through: ``cos(x1*x2)`` where ``v2 = x1 * x2``."""

_PRIME = re.compile(r"([^\W\d]\w*)\s*['′’](?P<factor>\s*(?=\w))?")
_ACCENT = re.compile("([^\\W\\d_])[\u0307\u0304](\\w*)")


def same_value(explanation: Explanation, asked: Asked, given: str) -> Match:
    """Compare a number, or an expression of numbers that are known before the step.

    Raises:
        InputError: it cannot be read, or uses a name whose number is not known yet.
    """
    assert asked.wanted is not None
    short(given)
    try:
        return same_number(given, asked.wanted)
    except BudgetError:
        raise
    except InputError as error:
        value = _evaluated(explanation, asked, given)
        if value is None:
            raise error from None
        return Match.EXACT if close(value, asked.wanted) else Match.WRONG


def _evaluated(explanation: Explanation, asked: Asked, given: str) -> float | None:
    """An expression such as ``v5'*v4`` at the numbers that stand in the trace before the step."""
    text, primes = primed(given, set(explanation.program.names))
    program = parse(text)
    if not program.inputs or len(program.outputs) != 1:
        return None
    numbers = []
    for name in program.input_names:
        number = known(explanation, asked, primes.get(name, name), name in primes)
        if number is None:
            what = f"{primes[name]}'" if name in primes else name
            raise InputError(
                f"No number of `{what}` is known before this step.",
                None,
                "Use numbers, or names of rows that stand above it.",
            )
        numbers.append(number)
    found = run(program, numbers, IEEE, lambda constant: constant.value)[program.outputs[0]]
    return None if found is None else float(found)


def known(explanation: Explanation, asked: Asked, name: str, derivative: bool) -> float | None:
    """The number a name has before a step: its value, or what its tangent or adjoint stands at."""
    program, trace = explanation.program, explanation.trace
    slot = next((k for k, known in enumerate(program.names) if known == name), None)
    if slot is None:
        return None
    stepping = explanation.stepping
    if not derivative:
        return trace.values[slot] if stepping.primal.get(name, 0) < asked.number else None
    if asked.sweep == TANGENT:
        return trace.tangents[slot] if stepping.tangent.get(name, 0) < asked.number else None
    earlier = trace.contributions[: asked.edge or 0]
    totals = (total for into, _, _, _, total in reversed(earlier) if into == slot)
    return next(totals, index_of(explanation).seeds.get(slot))


def same_rule(explanation: Explanation, asked: Asked, given: str) -> Match:
    """Compare a formula with the step's rule: the partial along its edge, or the whole tangent.

    Raises:
        InputError: it cannot be read, or uses a name that the rule cannot be told in.
    """
    wanted, bar = rule_of(explanation, asked)
    return Match.EXACT if same_as(explanation, asked, given, wanted, bar) else Match.WRONG


def same_as(explanation: Explanation, asked: Asked, given: str, wanted: str, bar: str = "") -> bool:
    """Whether a formula for a step is the same as another one.

    Args:
        explanation: the trace.
        asked: the step.
        given: what was typed.
        wanted: the other one.
        bar: a row whose adjoint may multiply what was typed.

    Raises:
        InputError: it cannot be read, or uses a name that the rule cannot be told in.
    """
    short(given)
    text, primes = primed(given, set(explanation.program.names))
    parse(text)  # an error here stands where the person typed it
    carried = next((k for k, name in primes.items() if name == bar), None)
    if carried is not None:  # the whole contribution, v̄5 · cos(v4), is welcome as well
        wanted = f"({wanted})*{carried}"
    else:
        wanted, ours = primed(wanted, set(explanation.program.names))
        primes |= ours
    one, other = (_function(explanation, asked, each) for each in (text, wanted))
    near = _near(explanation, asked, primes)
    for name in one.input_names:
        if name not in near:
            what = f"{primes[name]}'" if name in primes else name
            raise InputError(
                f"The rule of this row has no `{what}` in it.",
                None,
                f"The row is `{row_told(explanation, asked)}`.",
            )
    return same_formula(one, other, near)


def rule_of(explanation: Explanation, asked: Asked) -> tuple[str, str]:
    """The rule as text, and the row whose adjoint it multiplies, or ""."""
    program = explanation.program
    places = arguments(explanation, asked)
    partials = [partial_text(program, asked.row, position) for _, position in places]
    if asked.arrival is not None:
        return partials[0], program.names[asked.row]
    terms = (
        f"({partial})*{program.names[arg]}'"
        for partial, (arg, _) in zip(partials, places, strict=True)
    )
    return " + ".join(terms), ""


def can_be_told(explanation: Explanation, asked: Asked) -> bool:
    """Whether the language can tell a step's rule, so that an answer can be compared with it."""
    text, _ = rule_of(explanation, asked)
    try:
        _function(explanation, asked, primed(text, set(explanation.program.names))[0])
    except AdexplainError:
        return False
    return True


def row_told(explanation: Explanation, asked: Asked) -> str:
    """``v5 = v4 * v3``, the row whose rule a step uses."""
    program = explanation.program
    return f"{program.names[asked.row]} = {row_text(program, asked.row)}"


def short(given: str) -> None:
    """Raise ``BudgetError`` for an answer that nobody types."""
    if len(given) > LONGEST:
        raise BudgetError(f"An answer has at most {LONGEST} characters.", (LONGEST, len(given)))


def primed(text: str, taken: set[str]) -> tuple[str, dict[str, str]]:
    """A text with a plain name for every ``v4'``, and which name stands for which."""
    text = normalize("NFC", _ACCENT.sub(r"\1\2'", normalize("NFD", text)))
    primes: dict[str, str] = {}

    def plain(match: re.Match[str]) -> str:
        name = f"{match[1]}_prime"
        while name in taken:
            name += "_"
        primes[name] = match[1]
        return name if match["factor"] is None else f"{name}*"  # x1'x2 is a product

    return _PRIME.sub(plain, text), primes


def _function(explanation: Explanation, asked: Asked, text: str) -> Program:
    """A formula as a function of the inputs: the rows it names are put in, and those they name."""
    program = explanation.program
    rows = [slot for slot in program.rows if slot <= asked.row]
    named, lines = set(parse(text).input_names), []
    for slot in reversed(rows[-DEFINED:]):
        if program.names[slot] in named:
            named |= {program.names[arg] for arg in program.args[slot]}
            lines.append(f"{program.names[slot]} = {row_text(program, slot)}")
    answer = "answer_"
    while answer in program.names:
        answer += "_"
    return parse("\n".join([*reversed(lines), f"{answer} = {text}"]))


def _near(explanation: Explanation, asked: Asked, primes: Mapping[str, str]) -> dict[str, float]:
    """The point at which formulas are compared first: values, and 1 for what a prime stands for."""
    program = explanation.program
    values = zip(program.names, explanation.trace.values, strict=True)
    near = {name: value for name, value in values if value is not None}
    allowed = {program.names[arg] for arg, _ in arguments(explanation, asked)}
    allowed.add(program.names[asked.row])
    return near | {plain: 1.0 for plain, name in primes.items() if name in allowed}
