import ast

from adexplain import explain, parse
from adexplain.codegen.running import transcript

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


def answer(text):
    call, _, result = text.partition("\n")
    assert call.startswith(">>> ")
    return result.strip()


def test_the_gradient_is_that_of_the_trace():
    told = answer(transcript(parse(GRIEWANK), "reverse", [1.5, 0.5]))
    value, gradient = ast.literal_eval(told)
    seen = explain(GRIEWANK, [1.5, 0.5])
    assert value == seen.outputs[0].value
    assert gradient == tuple(seen.jacobian[0])


def test_seeds_are_given():
    text = transcript(parse("[x*y, x+y]"), "reverse", [2, 3], [0.0, 1.0])
    assert text == ">>> f_adjoint(2.0, 3.0, 0.0, 1.0)\n((6.0, 5.0), (1.0, 1.0))\n"
    assert answer(transcript(parse("x*y"), "forward", [2, 3], [0.0, 1.0])) == "(6.0, 2.0)"


def test_outside_the_domain_it_says_what_python_raises():
    assert answer(transcript(parse("log(x)"), "reverse", [-1])).startswith("ValueError: ")
    assert answer(transcript(parse("1/x"), "reverse", [0])).startswith("ZeroDivisionError: ")
    assert answer(transcript(parse("exp(x)"), "primal", [1000])).startswith("OverflowError: ")
