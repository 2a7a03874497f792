"""Properties that every narrated step must have."""

import math

from adexplain.narration.parts import plain_text
from adexplain.narration.step import narrate
from adexplain.server.html.mathml import typeset


def formulas(said):
    yield from filter(None, (said.rule, said.names))
    for parts in (said.sentence, said.why, said.numbers):
        yield from (part.text for part in parts if part.latex)


def check(explanation, number):
    """What holds of the words of every step."""
    said = narrate(explanation, number)
    sentence = plain_text(said.sentence)
    assert sentence.endswith(".")
    assert said.sentence[0].latex or sentence[0].isupper()
    for text in (sentence, plain_text(said.why), said.note, said.names_text):
        assert "{" not in text
        assert "  " not in text
        assert " ." not in text
        assert " ," not in text
    for latex in formulas(said):
        assert "<code" not in typeset(latex), latex
    assert said.label in said.plain()
    assert "\n" not in said.plain()
    return said


def same(first, second):
    return first == second or (math.isnan(first) and math.isnan(second))


def check_numbers(explanation, number):
    """Amount and total are the trace's, and the line of numbers ends with the total."""
    said = check(explanation, number)
    trace, step = explanation.trace, explanation.stepping.at(number)
    slot = trace.program.names.index(step.name)
    if step.sweep == "primal":
        expected = trace.values[slot], trace.values[slot]
    elif step.sweep == "tangent":
        expected = trace.tangents[slot], trace.tangents[slot]
    elif step.contribution is not None:
        expected = trace.contributions[step.contribution][3:]
    else:
        pairs = zip(trace.program.outputs, explanation.adjoint_seed, strict=True)
        weight = sum(weight for output, weight in pairs if output == slot)
        expected = weight, weight
    assert same(said.amount, expected[0])
    assert same(said.total, expected[1])
    marked = [part for part in said.numbers if part.mark]
    assert marked
    assert same([part.value for part in said.numbers if part.value is not None][-1], said.total)
    if step.contribution is not None:
        factors = [part.value for part in marked if part.value is not None]
        product = factors[0] * factors[1]
        assert same(product, said.amount) or (math.isnan(product) and trace.zero_times_inf)
        start = said.numbers[0]
        before = None if start.mark else start.value
        assert same(said.total, said.amount if before is None else before + said.amount)
    return said
