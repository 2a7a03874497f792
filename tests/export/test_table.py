"""The terminal table: what it says, how it is aligned, and that it never breaks its width."""

import io
import re

import pytest

import adexplain as ad
from adexplain.export.grid import on_the_point
from adexplain.export.numbers import full, short
from adexplain.export.style import Style, cut, width_of
from adexplain.export.table import table
from adexplain.export.wording import bracketed, tangent_rule

GRIEWANK = """\
v1 = x1/x2
v2 = sin(v1)
v3 = exp(x2)
v4 = v1 - v3
v5 = v2 + v4
v6 = v5*v4"""
AWKWARD = [
    ("ln(x1) + x1*x2 - sin(x2)", [2, 5]),
    (GRIEWANK, [1.5, 0.5]),
    ("abs(x) + max(x, y)", [0, 0]),
    ("log(x) + x", [-1]),
    ("exp(x)*1e-7 + 1/x", [20]),
    ("[r*cos(t), r*sin(t)]", [2, "pi/3"]),
    ("a_very_long_name_for_an_input * another_long_name_that_goes_on_and_on", [1e-300, 1e300]),
    ("max(a, b, c, d, g, h, k, l, m, x, y, z)", range(12)),
    ("9**9**9", []),
    ("where(x > 0, x*log(x), x^2)", [-2]),
    ("α*2 + 数", [1, 2]),
]


def lines(text, at, style=Style(), **options):  # noqa: B008 - immutable
    return table(ad.explain(text, at, **options), style).splitlines()


def find(rows, start):
    """The line of a table that begins so: tables have a margin of two."""
    return next(row.strip() for row in rows if row.startswith(("  " + start, " ∂" + start[1:])))


def test_the_books_rows_and_numbers():
    rows = lines(GRIEWANK, [1.5, 0.5])
    assert find(rows, "v2 = sin(v1)").split() == (
        ["v2", "=", "sin(v1)", "0.14112", "cos(v1)", "*", "v̇1", "-1.9800", "1.3513"]
    )
    assert find(rows, "v6 = v5 * v4").split()[-1:] == ["1.0000"]
    assert find(rows, "x2  ").split() == ["x2", "0.5", "0", "-13.724"]
    assert find(rows, "∂v6/∂x1") == "∂v6/∂x1 =   3.011843327673907"


def test_two_contributions_arrive_in_order_with_their_sums():
    rows = [row.split() for row in lines(GRIEWANK, [1.5, 0.5])]
    into = [(row[0], row[1], row[-1]) for row in rows if row and row[0] in ("v̄4", "v̄1", "x̄2")]
    assert into == [
        ("v̄4", "=", "1.4924"),
        ("v̄4", "+=", "2.8437"),
        ("v̄1", "=", "2.8437"),
        ("x̄2", "=", "-4.6884"),
        ("v̄1", "+=", "1.5059"),
        ("x̄2", "+=", "-13.724"),
    ]


def test_a_kink_is_named_at_its_row_and_at_the_answer():
    text = "\n".join(lines("abs(x)", [0]))
    assert "▲ abs(0) is at a kink: the slope changes abruptly here." in text
    assert "▲ A kink: the derivative is -1 on the left and 1 on the right. Convention: 0." in text


def test_each_mode_shows_its_own_columns():
    forward = "\n".join(lines("x*y", [1, 2], mode="forward"))
    reverse = "\n".join(lines("x*y", [1, 2], mode="reverse"))
    assert "tangent" in forward
    assert "adjoint" not in forward
    assert "sum so far" not in forward
    assert "adjoint" in reverse
    assert "tangent" not in reverse
    assert "sum so far" in reverse


def test_seed_readings_and_warnings_are_told():
    text = str(ad.explain("f(x, y) = sin 2x", [1, 2], seed={"y": 3}))
    assert "seed (ẋ, ẏ) = (0, 3) and f̄ = 1" in text
    assert "Read: A function without brackets" in text
    assert "Note: y does not occur" in text


def test_exact_values_have_a_table():
    text = str(ad.explain("sin(x)", {"x": "pi/3"}, exact=True))
    assert re.search(r"v1 +sqrt\(3\)/2 +1/2 +1", text)


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize(("text", "at"), AWKWARD)
def test_no_line_is_wider_than_the_screen(text, at, width):
    slack = 12 if width == 60 else 0  # numbers are never cut
    rows = lines(text, at, Style(width=width))
    assert max(map(width_of, rows)) <= width + slack, "\n".join(rows)


@pytest.mark.parametrize(("text", "at"), AWKWARD[:-1])
def test_ascii_is_ascii(text, at):
    "\n".join(lines(text, at, Style(unicode=False))).encode("ascii")


def test_names_in_ascii():
    text = "\n".join(lines("x*y", [1, 2], Style(unicode=False)))
    assert "v1_bar  = seed" in text
    assert "x_bar   = v1_bar * y" in text
    assert "y * x' + x * y'" in text


def test_numbers_stand_on_their_points():
    rows = lines("exp(x)*1e-7 + 1/x", [20])
    start = rows.index(next(row for row in rows if "primal" in row))
    places = {row.index(".") for row in rows[start + 4 : start + 8]}
    assert len(places) == 1


def test_a_long_trace_shows_its_ends():
    rows = lines("+".join(["x"] * 500), [1])
    assert len(rows) < 300
    assert any("rows in the middle are not shown" in row for row in rows)
    assert any("contributions in the middle are not shown" in row for row in rows)


def test_many_partials_show_the_first():
    rows = lines("+".join(f"x{i}" for i in range(40)), range(40))
    assert " 24 of 40 partials are shown; --format csv has all." in rows


def test_colour_changes_nothing_but_colour():
    explanation = ad.explain("abs(x)*y", [0, 2])
    coloured = table(explanation, Style(colour=True))
    assert "\x1b[34m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == table(explanation, Style())


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_colour_is_for_terminals_that_want_it():
    assert Style.of(Terminal(), {}).colour
    assert not Style.of(Terminal(), {"NO_COLOR": "1"}).colour
    assert not Style.of(Terminal(), {"TERM": "dumb"}).colour
    assert not Style.of(io.StringIO(), {}).colour


def test_a_stream_that_cannot_show_signs_gets_ascii():
    terminal = Terminal()
    terminal.encoding = "latin-1"
    assert not Style.of(terminal, {}).unicode
    assert Style.of(Terminal(), {}).unicode


@pytest.mark.parametrize(
    ("value", "shown", "given"),
    [
        (2.0, "2.0000", "2"),
        (0.0, "0", "0"),
        (-0.0, "0", "0"),
        (1 / 3, "0.33333", "0.33333"),
        (0.1, "0.10000", "0.1"),
        (99999.9, "1.0000e5", "99999.9"),
        (1e-7, "1.0000e-7", "1e-7"),
        (1e300, "1.0000e300", "1e300"),
        (float("inf"), "inf", "inf"),
        (float("nan"), "nan", "nan"),
        (None, "", ""),
    ],
)
def test_numbers(value, shown, given):
    assert short(value) == shown
    assert short(value, given=True) == given


def test_all_digits_read_back():
    for value in (0.1 + 0.2, 1e-7, 1e22, -3.0, 5e-324):
        assert float(full(value)) == value


def test_points_line_up():
    assert on_the_point(["1.5", "-10", "", "2e-7"]) == ["  1.5 ", "-10   ", "      ", "  2e-7"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("x/y", "ẋ / y - v1 * ẏ / y"),
        ("x - y", "ẋ - ẏ"),
        ("-x + 0*y", "-ẋ"),
        ("cos(x)*y", "-sin(x) * ẋ"),
        ("x^2*y", "2 * x * ẋ"),
        ("max(x, y)", "∂v1/∂x * ẋ + ∂v1/∂y * ẏ"),
        ("floor(x) + y", "0"),
    ],
)
def test_tangent_rules_read_as_people_write_them(text, rules):
    program = ad.parse(text)
    assert tangent_rule(program, program.rows[0], Style().dotted) == rules


@pytest.mark.parametrize(
    ("partial", "factor"),
    [
        ("1", "1"),
        ("-1", "(-1)"),
        ("cos(v1)", "cos(v1)"),
        ("cos(a + b)", "cos(a + b)"),
        ("(a + b) / (c)", "((a + b) / (c))"),
        ("1 / x", "(1 / x)"),
        ("share(v1, x, v1) / ties(v1, x, y)", "∂v1/∂x"),
    ],
)
def test_a_partial_is_one_factor(partial, factor):
    assert bracketed(partial) == factor


def test_width_and_cutting():
    assert width_of("v̇1") == 2
    assert width_of("数") == 2
    assert width_of("\x1b[1mab\x1b[0m") == 2
    assert cut("abcdefghij", 7) == "abcd…ij"
    assert all(width_of(cut("数数数数数数", width)) <= width for width in range(3, 14))
