from hypothesis import given
from hypothesis import strategies as st

from adexplain.server.html import line_ranges
from adexplain.server.http.cache import RecentCache

numbers = st.integers(1, 5_000)


@given(numbers, st.none() | numbers, st.none() | st.tuples(numbers, numbers))
def test_lines_and_gaps_are_all_lines_once(total, around, asked):
    around = None if around is None else min(around, total) - 1
    shown = line_ranges.visible_ranges(total, around, asked)
    lines = [line for stretch in shown for line in stretch]
    assert lines == sorted(set(lines))
    assert {0, total - 1} <= set(lines) <= set(range(total))
    assert around is None or around in lines
    left_out = line_ranges.gaps(shown, total, asked).values()
    missing = [line - 1 for gap in left_out for line in range(gap.first, gap.last + 1)]
    assert sorted(lines + missing) == list(range(total))
    assert len(lines) <= max(
        line_ranges.WHOLE_LIMIT,
        2 * line_ranges.END_LINES + 2 * line_ranges.CONTEXT_LINES + 1 + line_ranges.RANGE_LIMIT,
    )


@given(st.integers(101, 5_000))
def test_opening_a_gap_again_and_again_shows_all(total):
    shown = line_ranges.visible_ranges(total)
    seen, asked = {line for stretch in shown for line in stretch}, None
    for _ in range(total // line_ranges.OPENED_LINES + 2):
        left_out = line_ranges.gaps(shown, total, asked)
        if not left_out:
            break
        asked = list(left_out.values())[-1].next_range
        shown = line_ranges.visible_ranges(total, None, asked)
        seen |= {line for stretch in shown for line in stretch}
    assert seen == set(range(total))


def test_what_was_used_last_is_kept():
    made = []
    recent = RecentCache[int](limit=10)

    def get(value):
        return recent.get(value, lambda: made.append(value) or value, lambda weight: weight)

    for value in (4, 5, 4, 1, 3):  # 5 is the one not used for longest
        assert get(value) == value
    get(4)
    assert made == [4, 5, 1, 3]
    get(5)
    get(20)
    get(20)
    assert made == [4, 5, 1, 3, 5, 20, 20]
    assert recent.weight <= 10
