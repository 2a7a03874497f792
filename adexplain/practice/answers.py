"""Compare a typed answer with the number or the rule of one step.

Formulas may use every name in the trace. A prime stands for the tangent or the adjoint of a name,
depending on the sweep of the step; ``v4'``, ``v̇4`` and ``v̄4`` are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

from adexplain.errors import AdexplainError, BudgetError, InputError
from adexplain.evaluate.run import FLOATS, run
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import TANGENT
from adexplain.explanation.trace_index import index_of
from adexplain.language import parse
from adexplain.practice.coverage import Question, arguments
from adexplain.practice.equality import Match, close, same_formula, same_number
from adexplain.program import Program, row_text
from adexplain.typeset.rules import partial_text

MAX_LENGTH = 200
"""Most characters in an answer."""
MAX_DEFINITIONS = 80
"""How many rows before a step a formula may expand: ``cos(x1*x2)`` where ``v2 = x1 * x2``."""

_PRIME = re.compile(r"([^\W\d]\w*)\s*['′’](?P<factor>\s*(?=\w))?")
_ACCENT = re.compile("([^\\W\\d_])[\u0307\u0304](\\w*)")


def same_value(explanation: Explanation, question: Question, given: str) -> Match:
    """Compare a number, or an expression in numbers that are known before the step.

    Raises:
        InputError: it cannot be read, or uses a name whose number is not known yet.
    """
    assert question.value is not None
    check_length(given)
    try:
        return same_number(given, question.value)
    except BudgetError:
        raise
    except InputError as error:
        value = _evaluated(explanation, question, given)
        if value is None:
            raise error from None
        return Match.EXACT if close(value, question.value) else Match.WRONG


def _evaluated(explanation: Explanation, question: Question, given: str) -> float | None:
    """The value of an expression such as ``v5'*v4`` with the numbers known before the step."""
    text, primes = replace_primes(given, set(explanation.program.names))
    program = parse(text)
    if not program.inputs or len(program.outputs) != 1:
        return None
    numbers = []
    for name in program.input_names:
        number = known(explanation, question, primes.get(name, name), name in primes)
        if number is None:
            what = f"{primes[name]}'" if name in primes else name
            raise InputError(
                f"No number of `{what}` is known before this step.",
                None,
                "Use numbers, or names of rows that stand above it.",
            )
        numbers.append(number)
    found = run(program, numbers, FLOATS)[program.outputs[0]]
    return None if found is None else float(found)


def known(
    explanation: Explanation, question: Question, name: str, derivative: bool
) -> float | None:
    """The value of a name, or its tangent or adjoint, as far as it is known before a step."""
    program, trace = explanation.program, explanation.trace
    slot = next((k for k, known in enumerate(program.names) if known == name), None)
    if slot is None:
        return None
    stepping = explanation.stepping
    if not derivative:
        return trace.values[slot] if stepping.primal.get(name, 0) < question.number else None
    if question.sweep == TANGENT:
        return trace.tangents[slot] if stepping.tangent.get(name, 0) < question.number else None
    earlier = trace.contributions[: question.edge or 0]
    totals = (total for into, _, _, _, total in reversed(earlier) if into == slot)
    return next(totals, index_of(explanation).seeds.get(slot))


def same_rule(explanation: Explanation, question: Question, given: str) -> Match:
    """Compare a formula with the rule of a step: the partial of its edge, or the whole tangent.

    Raises:
        InputError: it cannot be read, or uses a name that does not occur in the rule.
    """
    rule, bar = rule_of(explanation, question)
    return Match.EXACT if matches_formula(explanation, question, given, rule, bar) else Match.WRONG


def matches_formula(
    explanation: Explanation, question: Question, given: str, formula: str, bar: str = ""
) -> bool:
    """Whether a typed formula for a step is the same function as another formula.

    Args:
        explanation: the trace.
        question: the step.
        given: the typed formula.
        formula: the formula to compare it with.
        bar: a row whose adjoint may multiply the typed formula.

    Raises:
        InputError: it cannot be read, or uses a name that does not occur in the rule.
    """
    check_length(given)
    text, primes = replace_primes(given, set(explanation.program.names))
    parse(text)  # so that the span of an error is within the typed text
    carried = next((k for k, name in primes.items() if name == bar), None)
    if carried is not None:  # the whole contribution, v̄5 · cos(v4), is accepted too
        formula = f"({formula})*{carried}"
    else:
        formula, formula_primes = replace_primes(formula, set(explanation.program.names))
        primes |= formula_primes
    answer, expected = (_as_function(explanation, question, each) for each in (text, formula))
    point = _comparison_point(explanation, question, primes)
    for name in answer.input_names:
        if name not in point:
            what = f"{primes[name]}'" if name in primes else name
            raise InputError(
                f"The rule of this row has no `{what}` in it.",
                None,
                f"The row is `{row_equation(explanation, question)}`.",
            )
    return same_formula(answer, expected, point)


def rule_of(explanation: Explanation, question: Question) -> tuple[str, str]:
    """The rule of a step as text, and the row whose adjoint it multiplies ("" for a tangent)."""
    program = explanation.program
    places = arguments(explanation, question)
    partials = [partial_text(program, question.row, position, whole=True) for _, position in places]
    if question.incoming is not None:
        return partials[0], program.names[question.row]
    terms = (
        f"({partial})*{program.names[arg]}'"
        for partial, (arg, _) in zip(partials, places, strict=True)
    )
    return " + ".join(terms), ""


def is_expressible(explanation: Explanation, question: Question) -> bool:
    """Whether the rule of a step is a formula of the language, so that answers can be compared."""
    text, _ = rule_of(explanation, question)
    try:
        _as_function(explanation, question, replace_primes(text, set(explanation.program.names))[0])
    except AdexplainError:
        return False
    return True


def row_equation(explanation: Explanation, question: Question) -> str:
    """The row whose rule a step uses, as text: ``v5 = v4 * v3``."""
    program = explanation.program
    return f"{program.names[question.row]} = {row_text(program, question.row)}"


def check_length(given: str) -> None:
    """Raise ``BudgetError`` for an answer that is too long."""
    if len(given) > MAX_LENGTH:
        raise BudgetError(
            f"An answer has at most {MAX_LENGTH} characters.", (MAX_LENGTH, len(given))
        )


def replace_primes(text: str, used_names: set[str]) -> tuple[str, dict[str, str]]:
    """Replace every ``v4'`` by a plain name; also return which name each plain name stands for."""
    text = normalize("NFC", _ACCENT.sub(r"\1\2'", normalize("NFD", text)))
    primes: dict[str, str] = {}

    def plain(match: re.Match[str]) -> str:
        name = f"{match[1]}_prime"
        while name in used_names:
            name += "_"
        primes[name] = match[1]
        return name if match["factor"] is None else f"{name}*"  # x1'x2 is a product

    return _PRIME.sub(plain, text), primes


def _as_function(explanation: Explanation, question: Question, text: str) -> Program:
    """A formula as a program, with the rows that it uses, directly or not, as definitions."""
    program = explanation.program
    rows = [slot for slot in program.rows if slot <= question.row]
    named, lines = set(parse(text).input_names), []
    for slot in reversed(rows[-MAX_DEFINITIONS:]):
        if program.names[slot] in named:
            named |= {program.names[arg] for arg in program.args[slot]}
            lines.append(f"{program.names[slot]} = {row_text(program, slot)}")
    answer = "answer_"
    while answer in program.names:
        answer += "_"
    return parse("\n".join([*reversed(lines), f"{answer} = {text}"]))


def _comparison_point(
    explanation: Explanation, question: Question, primes: Mapping[str, str]
) -> dict[str, float]:
    """The point at which formulas are compared first: the values, and 1 for each primed name."""
    program = explanation.program
    values = zip(program.names, explanation.trace.values, strict=True)
    point = {name: value for name, value in values if value is not None}
    allowed = {program.names[arg] for arg, _ in arguments(explanation, question)}
    allowed.add(program.names[question.row])
    return point | {plain: 1.0 for plain, name in primes.items() if name in allowed}
