"""Named arguments in a call: what is refused. One that is read is in test_unseen_primitives.py."""

import pytest

from adexplain.errors import InputError
from adexplain.language import parse
from adexplain.primitives.attributes import key, split


@pytest.mark.parametrize(
    ("text", "message", "blamed"),
    [
        ("sin(x, y=2)", "`sin` has no argument named y.", "y"),
        ("max(x, 1, y=x)", "This is no value of a named argument.", "x"),
        ("max(x, 1, y=)", "This is no value of a named argument.", ")"),
        ("max(x, 1, y=1e999)", "This is no value of a named argument.", "1e999"),
        ("max(x, 1, y=(1, 0.5))", "This is no value of a named argument.", ")"),
        ("max(x, y=1, 2)", "Behind `y=` stand no more arguments.", "2"),
        ("max(x, y=1, y=2)", "`y` is given twice.", "y"),
        ("max(x, y=", "This is no value of a named argument.", ""),
        ("max(x, y=(1", "This is no value of a named argument.", ""),
        ("max(x, y=-", "This is no value of a named argument.", "-"),
        ("max(x, y=()", "This is no value of a named argument.", ")"),
    ],
)
def test_what_is_no_attribute_is_refused(text: str, message: str, blamed: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert caught.value.message == message
    assert caught.value.span is not None
    assert text[slice(*caught.value.span)] == blamed


@pytest.mark.parametrize("given", [{}, {"axis": 0}, {"axis": (0, 1), "scale": -0.5}])
def test_a_key_is_read_back(given: dict) -> None:
    assert split(key("sum", given)) == ("sum", tuple(given.items()))
