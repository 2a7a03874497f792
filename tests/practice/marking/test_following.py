"""What a row inherits: the first mistake behind it, through whatever is not written down."""

from __future__ import annotations

from adexplain.practice.marking import check


def test_a_mistake_is_found_behind_rows_that_are_not_written() -> None:
    """v̇4 uses v̇2 and v̇3, which both come from v̇1; v̇3 comes from v̇2 as well."""
    f = "v1 = x*y\nv2 = sin(v1)\nv3 = v2*v1\nv4 = v3*v2"
    rows = check(f, {"x": 0.5, "y": 1.5}, "v1' = 2.25\nv4' = 2.72869").rows
    assert [(row.mark, row.follows_from) for row in rows] == [("wrong", None), ("follows", 1)]


def test_of_several_mistakes_the_first_is_the_one_it_follows_from() -> None:
    f = "a = x*y\nb = sin(a)\nc = cos(a)\nd = b*c"
    at = {"x": 0.5, "y": 1.5}
    work = "b' = -cos(a)*a'\nc' = sin(a)*a'\nd' = -0.106106"
    rows = check(f, at, work).rows
    assert [row.kind for row in rows[:2]] == ["wrong-sign", "wrong-sign"]
    assert rows[2].mark == "follows"
    assert rows[2].follows_from == 1
