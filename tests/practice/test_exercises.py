"""Exercises: the same everywhere, with numbers a person can do and answers all methods agree on."""

import math
import re
from collections import Counter
from functools import cache

import pytest

import adexplain
from adexplain.errors import InputError
from adexplain.evaluate.exact_trace import exact_value
from adexplain.evaluate.points import number
from adexplain.evaluate.sympy_forms import expression, symbols
from adexplain.practice.equality import Match, same_number
from adexplain.practice.exercises import LEVELS, distinct_exercises, make
from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.easy_numbers import is_easy
from adexplain.practice.exercises.exact_numbers import Exact
from adexplain.practice.exercises.make_exercise import seed_of
from tests.sizes import samples

COUNT = samples(1_000)
"""Exercises of a level."""
SYMBOLIC = samples(40)
"""Exercises of a level that SymPy looks at."""

each_level = pytest.mark.parametrize("level", LEVELS)


@pytest.fixture(scope="module")
def made():
    """The exercises of each level."""
    return {level: [make(level, s) for s in range(COUNT)] for level in LEVELS}


def solved(exercise):
    """The solved trace, both modes."""
    return _solved(exercise.level, exercise.seed)


@cache
def _solved(level, seed):
    return make(level, seed).explanation("both")


def answer_of(exercise, blank, explanation):
    """The number of a blank, as the product's floating-point trace has it."""
    if blank.quantity in ("left", "right"):
        return getattr(explanation.partials[0], blank.quantity)
    if blank.quantity == "partial":
        return explanation.jacobian[explanation.program.output_names.index(blank.of)][
            explanation.program.input_names.index(blank.by)
        ]
    program = explanation.program
    names = [*program.names]
    slot = names.index(blank.of) if blank.of in names else None
    if blank.of in program.output_names:
        slot = program.outputs[program.output_names.index(blank.of)]
    trace = explanation.trace
    table = {"value": trace.values, "tangent": trace.tangents, "adjoint": trace.adjoints}
    return table[blank.quantity][slot] or 0.0


@each_level
@pytest.mark.slow
def test_the_product_agrees_with_every_answer(made, level):
    for exercise in made[level]:
        explanation = solved(exercise)
        for blank in exercise.blanks:
            true = answer_of(exercise, blank, explanation)
            assert math.isclose(blank.value, true, rel_tol=1e-9, abs_tol=1e-12), exercise
            assert same_number(blank.answer_text, true) is Match.EXACT, exercise
            assert number(blank.answer_text, "it") == pytest.approx(
                blank.value, rel=1e-12, abs=1e-12
            )


@each_level
def test_differences_agree_with_every_derivative(made, level):
    for exercise in made[level]:
        at = {name: number(text, name) for name, text in exercise.at.items()}
        program = adexplain.parse(exercise.text)

        inner = [program.names.index(b.of) for b in exercise.blanks if b.of in program.names]
        watched = [*program.outputs, *inner]

        def outputs(moved, program=program, watched=watched):
            values = adexplain.explain(program, moved).trace.values
            return [values[slot] for slot in watched]

        def along(direction, side=0, at=at, outputs=outputs):
            """Slopes of the outputs along a direction; to one side of the point alone."""
            h = 1e-4
            low = {n: x - h * direction.get(n, 0) * (side <= 0) for n, x in at.items()}
            high = {n: x + h * direction.get(n, 0) * (side >= 0) for n, x in at.items()}
            step = 2 * h if side == 0 else h
            return [(b - a) / step for a, b in zip(outputs(low), outputs(high), strict=True)]

        for blank in exercise.blanks:
            if blank.quantity == "partial":
                found = along({blank.by: 1})[program.output_names.index(blank.of)]
            elif blank.quantity in ("left", "right"):
                found = along({program.input_names[0]: 1}, -1 if blank.quantity == "left" else 1)[0]
            elif blank.quantity == "tangent" and blank.of in program.output_names:
                slopes = along(exercise.tangent)
                found = slopes[program.output_names.index(blank.of)]
            elif blank.quantity == "tangent":
                slot = program.names.index(blank.of)
                found = along(exercise.tangent)[watched.index(slot)]
            elif blank.quantity == "adjoint" and blank.of in at:
                slopes = zip(along({blank.of: 1}), exercise.bar.values(), strict=False)
                found = sum(slope * weight for slope, weight in slopes)
            else:
                continue  # of an inner row: the next test
            side = 3e-3 if blank.quantity in ("left", "right") else 2e-5
            assert found == pytest.approx(blank.value, rel=side, abs=side), exercise


@each_level
def test_inner_adjoints_are_slopes_by_their_row(made, level):
    """A row's adjoint is the slope of the rest of the program by that row's value."""
    for exercise in made[level]:
        for blank in exercise.blanks:
            if blank.quantity != "adjoint" or blank.of in exercise.at:
                continue
            explanation = solved(exercise)
            program, values = explanation.program, explanation.trace.values
            slot = program.names.index(blank.of)

            def rest(by, program=program, values=values, slot=slot):
                from adexplain.primitives.ieee import IEEE

                moved = list(values)
                moved[slot] += by
                for later in program.rows:
                    if later > slot:
                        arguments = [moved[arg] for arg in program.args[later]]
                        moved[later] = IEEE[program.ops[later]](*arguments)
                return [moved[out] for out in program.outputs]

            h = 1e-4
            slopes = [(b - a) / (2 * h) for a, b in zip(rest(-h), rest(h), strict=True)]
            weights = exercise.bar.values()
            found = sum(s * w for s, w in zip(slopes, weights, strict=True))
            assert found == pytest.approx(blank.value, rel=2e-5, abs=2e-5), exercise


@each_level
def test_sympy_agrees(made, level):
    import sympy

    chosen = made[level][:: len(made[level]) // SYMBOLIC][:SYMBOLIC]
    assert len(chosen) == SYMBOLIC
    for exercise in chosen:
        explanation = solved(exercise)
        program = explanation.program
        variables = symbols(program)
        wanted = {name: sympy.nsimplify(exactly_of(text)) for name, text in exercise.at.items()}
        place = {v: wanted[v.name] for v in variables}
        beside = [None]
        if exercise.kind == "sides":
            beside = [sympy.Rational(side, 10**7) for side in (-1, 1)]
        for blank in exercise.blanks:
            for hair in beside:
                if hair is not None and (hair < 0) != (blank.quantity == "left"):
                    continue
                found = symbolic(exercise, blank, program, variables, place, hair, explanation)
                if found is None:
                    continue
                close = 1e-4 if hair is not None else 1e-12
                assert float(found) == pytest.approx(blank.value, rel=close, abs=close), exercise


def exactly_of(text):
    import sympy

    from adexplain.evaluate.exact_trace import _sympy

    return sympy.sympify(exact_value(text, _sympy()))


def symbolic(exercise, blank, program, variables, place, hair, explanation):
    """SymPy's derivative of the function itself, which knows nothing of rows or partials."""
    import sympy

    here = dict(place)
    if hair is not None:
        here[variables[0]] += hair
    known = explanation.trace.values
    if hair is not None:
        at = [float(here[v]) for v in variables]
        known = adexplain.explain(program, at).trace.values
    forms = [expression(program, k, variables, known) for k in range(len(program.outputs))]

    def slope(output, name):
        variable = next(v for v in variables if v.name == name)
        form = forms[output].diff(variable).subs(here).doit()
        for ours, theirs in (("sign", sympy.sign), ("abs", sympy.Abs)):
            form = form.replace(
                lambda part, ours=ours: getattr(part.func, "__name__", "") == ours,
                lambda part, theirs=theirs: theirs(part.args[0]),
            )
        return form.evalf(30)

    if blank.quantity == "value":
        return None
    if blank.quantity in ("left", "right"):
        return slope(0, variables[0].name)
    if blank.quantity == "partial":
        return slope(program.output_names.index(blank.of), blank.by)
    if blank.quantity == "tangent" and blank.of in program.output_names:
        output = program.output_names.index(blank.of)
        return sum(slope(output, name) * by for name, by in exercise.tangent.items())
    if blank.quantity == "adjoint" and blank.of in exercise.at:
        weights = enumerate(exercise.bar.values())
        return sum(slope(output, blank.of) * weight for output, weight in weights)
    return None


@each_level
def test_every_number_of_every_trace_is_for_people(made, level):
    for exercise in made[level]:
        for explanation in exercise.sweeps():
            every_number_is_for_people(exercise, explanation)


def every_number_is_for_people(exercise, explanation):
    exact = explanation.exact
    assert exact is not None
    # In the sweep of one output of two, what only the other depends on has the adjoint 0.
    zeros = exercise.level == "kinks" or exercise.kind == "jacobian"
    for form in (*exact.slots.values(), *exact.partials.values(), *exact.contributions):
        for name, text in form.items():
            if name.endswith("_latex"):
                continue
            value = exact_value(text, EXACT)
            assert isinstance(value, Exact)
            constant = exact_constant(explanation, form)
            assert (zeros and not value) or is_easy(value) or constant, (exercise, name, text)
            assert len(text) <= 24, (exercise, text)


@pytest.mark.parametrize("seed", range(1, 40))
def test_the_sweeps_of_a_jacobian_end_in_its_rows(seed):
    exercise = make("outputs", seed)
    if exercise.kind != "jacobian":
        return
    answers = {(blank.of, blank.by): blank.value for blank in exercise.blanks}
    for output, sweep in zip(exercise.bar, exercise.sweeps(), strict=True):
        for item in sweep.inputs:
            assert item.adjoint == pytest.approx(answers[output, item.name])


def exact_constant(explanation, form):
    """Whether this is an inactive row's tangent, which is 0 by right."""
    return form.get("tangent") == "0" and "adjoint" not in form


@each_level
def test_none_is_degenerate(made, level):
    for exercise in made[level]:
        explanation = solved(exercise)
        if level != "kinks":
            assert explanation.status["kind"] == "ok", exercise
            assert all(all(row) for row in explanation.jacobian), exercise
            assert all(row.value for row in explanation.rows)
        assert not explanation.warnings, exercise
        assert set(exercise.at) == set(explanation.program.input_names)
        assert list(exercise.at) == sorted(exercise.at)
        assert len(explanation.program.rows) == 1 or level != "one"
        assert len(exercise.question) < 200
        assert exercise.blanks


@each_level
def test_they_vary(made, level):
    exercises = made[level]
    places = Counter((e.text, tuple(e.at.values())) for e in exercises)
    assert len(places) > 0.6 * len(exercises)
    assert places.most_common(1)[0][1] < 12
    kinds = Counter(exercise.kind for exercise in exercises)
    assert len(kinds) >= 3
    assert min(kinds.values()) > 0.03 * len(exercises)
    operations = Counter(op for e in exercises for op in re.findall(r"[a-z]{2,}\(|[*/^]", e.text))
    assert len(operations) >= 5


def test_a_kink_has_two_slopes(made):
    sides = [exercise for exercise in made["kinks"] if exercise.kind == "sides"]
    assert len(sides) > len(made["kinks"]) / 3
    for exercise in sides:
        assert solved(exercise).partials[0].status == "kink", exercise
        assert exercise.blanks[0].value != exercise.blanks[1].value


def test_sharing_is_shared(made):
    for exercise in made["sharing"]:
        explanation = solved(exercise)
        inner = {row.name for row in explanation.rows}
        into = Counter(item.into for item in explanation.contributions)
        assert any(count > 1 and name in inner for name, count in into.items()), exercise


@each_level
def test_no_input_is_called_like_the_rows(made, level):
    for exercise in made[level]:
        assert not any(name.startswith("v") for name in exercise.at), exercise


def test_the_same_seed_is_the_same_exercise():
    make.cache_clear()
    first = make("chain", 7)
    make.cache_clear()
    assert make("chain", 7) == first
    assert make("chain", 8) != first


GOLDEN = {
    ("one", 1): (
        "a/b",
        "Find the gradient of f at a = -1 and b = 4.",
        "∂f/∂a = 1/4, ∂f/∂b = 1/16",
    ),
    ("chain", 2): (
        "sqrt(s^2 - 9)",
        "Fill in the row v2"
        " at s = -5: its value, its tangent along ṡ = -1, and its adjoint with f̄ = 1.",
        "v2 = 16, v̇2 = 10, v̄2 = 1/8",
    ),
    ("product", 3): (
        "cos(x)/tan(x)*sin(x)",
        "Find the adjoint x̄ at x = pi/3, with f̄ = 1.",
        "x̄ = -sqrt(3)/2",
    ),
    ("sharing", 4): (
        "v1 = x1*x2\nv2 = v1*x2\nf = v2 - v1",
        "Find the tangent ḟ at x1 = -3 and x2 = 5 along ẋ1 = -1 and ẋ2 = -1.",
        "ḟ = 7",
    ),
    ("outputs", 5): (
        "[(x + 3)/(y - 1), x + 2 + ln(y)]",
        "Find the adjoints x̄ and ȳ at x = -1 and y = 4, with f̄1 = -1 and f̄2 = 3.",
        "x̄ = 8/3, ȳ = 35/36",
    ),
    ("kinks", 6): (
        "relu(u*w)*u",
        "Find the tangent ḟ at u = -5 and w = -3 along u̇ = -1 and ẇ = 2.",
        "ḟ = 20",
    ),
}


@pytest.mark.parametrize(("level", "seed"), GOLDEN)
def test_golden(level, seed):
    exercise = make(level, seed)
    assert (exercise.text, exercise.question, exercise.answer) == GOLDEN[level, seed]


@pytest.mark.slow
def test_thirty_sheets_differ():
    sheets = [distinct_exercises("mixed", seed, 3) for seed in range(30)]
    texts = {tuple((e.text, *e.at.values()) for e in sheet) for sheet in sheets}
    assert len(texts) == 30
    for level in LEVELS:
        sheet = distinct_exercises(level, 1, 20)
        assert len({(e.text, *e.at.values()) for e in sheet}) == 20


def test_what_is_no_level_or_seed():
    with pytest.raises(InputError, match="no level `hard`"):
        make("hard", 1)
    with pytest.raises(InputError, match="no number of an exercise"):
        make("one", -1)
    with pytest.raises(InputError):
        seed_of("1e3")
    assert seed_of(" 12 ") == 12
