from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from adexplain.server.http.address import (
    MODES,
    PREDICTIONS,
    State,
    parse_assignments,
    read_state,
    split_list,
)

text = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"))
names = st.from_regex(r"[a-z_]\w{0,5}", fullmatch=True)


def through(state):
    query = state.address().partition("?")[2]
    return read_state(parse_qsl(query, keep_blank_values=True))


@given(
    st.builds(
        State,
        text=text,
        at=st.dictionaries(names, text.filter(str.strip)),
        mode=st.sampled_from(MODES),
        seed=text.map(str.strip),
        bar=text.map(str.strip),
        exact=st.booleans(),
        compare=st.booleans(),
        view=st.sampled_from(["page", "projector"]),
        predict=st.sampled_from(["", *PREDICTIONS]),
        revealed=st.none() | st.integers(0, 99_999),
    )
)
def test_the_address_holds_everything(state):
    assert through(state) == state


def test_names_of_variables_do_not_collide_with_options():
    state = State("f + mode + at", {"f": "2", "mode": "3", "at": "4"})
    assert through(state) == state


def test_what_is_no_prediction_covers_nothing():
    assert read_state([("f", "x"), ("predict", "answers")]).predict == ""
    assert read_state([("f", "x"), ("predict", "rules"), ("told", "x")]) == State(
        "x", predict="rules"
    )


def test_data_is_never_covered():
    state = State("x", predict="values", revealed=3, step=4)
    assert state.data_address("/api/explain") == "/api/explain?f=x"
    assert "predict=values" in state.data_address("/steps", predict="values")


def test_the_address_is_legible():
    state = State("ln(x1) + x1*x2 - sin(x2)", {"x1": "2", "x2": "5"}, seed="x1")
    assert state.address() == "/?f=ln(x1)+%2B+x1*x2+-+sin(x2)&at.x1=2&at.x2=5&seed=x1"


def test_values_as_a_list():
    assert read_state([("f", "x"), ("at", "x=pi/3, y = atan2(1,2)")]).at == {
        "x": "pi/3",
        "y": "atan2(1,2)",
    }
    assert parse_assignments("x") == {"x": ""}


def test_no_function_no_state():
    assert read_state([("at.x", "1")]) is None


def test_line_ends_of_browsers_count_as_one_character():
    assert read_state([("f", "a = x\r\na*a")]).text == "a = x\na*a"


def test_lists_are_split_outside_of_brackets():
    assert split_list("1, atan2(1, 2), [3, 4]") == ["1", "atan2(1, 2)", "[3, 4]"]
    assert split_list("") == []
