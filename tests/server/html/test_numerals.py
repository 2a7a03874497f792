import pytest

from adexplain.server.html.numerals import numeral, split_at_mismatch


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.5000"),
        (0.5, "0.50000"),
        (-1.979985, "−1.9800"),
        (0.0200150, "0.020015"),
        (0.0001, "0.00010000"),
        (1e-5, "1.0000e−5"),
        (12345.678, "12346"),
        (123456.0, "1.2346e5"),
        (99999.9, "1.0000e5"),
        (1e300, "1.0000e300"),
        (0.0, "0"),
        (-0.0, "0"),
        ("inf", "∞"),
        ("-inf", "−∞"),
        ("nan", "NaN"),
    ],
)
def test_five_significant_digits(value, text):
    assert numeral(value).text == text


def test_what_is_not_computed_is_no_zero():
    assert numeral(None) is None


def test_given_numbers_keep_their_form():
    assert [numeral(v, given=True).text for v in (1.0, -1.0, 0.25, 2.0)] == ["1", "−1", "0.25", "2"]


def test_all_digits_are_at_hand():
    assert numeral(0.1 + 0.2).full == "0.30000000000000004"
    assert numeral(3.0).full == "3"


def test_digits_are_cut_where_they_part_from_the_reference():
    assert split_at_mismatch(3.011843276642, "3.01184332767390712") == ("3.011843", "276642")
    assert split_at_mismatch(3.0118433276739, "3.01184332767390712") == ("3.0118433276739", "")
    assert split_at_mismatch(-2.5, "-2.5") == ("−2.5", "")
    assert split_at_mismatch(float("nan"), "1") == ("", "NaN")
    assert split_at_mismatch(1.0, "nonsense") == ("1", "")
