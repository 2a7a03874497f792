import pytest

from adexplain import explain
from adexplain.server.explorer.panels.timeline import MAX_SEGMENTS, timeline

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


def griewank():
    return explain(GRIEWANK, {"x1": 1.5, "x2": 0.5}).stepping


def chain(rows):
    return explain("\n".join(["v0 = x", *(f"v{i} = sin(v{i - 1})" for i in range(1, rows))]), [1])


def test_the_drawn_line():
    line = timeline(griewank(), 17)
    assert [(track.title, track.count, track.position) for track in line.tracks] == [
        ("Primal", 6, None),
        ("Tangent", 6, None),
        ("Adjoint", 11, 5),
    ]
    places = [part.status for track in line.tracks for part in track.segments]
    assert places == ["done"] * 16 + ["now"] + ["ahead"] * 6
    assert (line.back, line.forward) == (16, 18)


def test_from_the_whole_trace_forward_begins_and_back_ends():
    line = timeline(griewank(), None)
    assert (line.current, line.back, line.forward) == (None, 23, 1)


@pytest.mark.parametrize("rows", [2, 30, 700])
def test_the_parts_are_every_step_once(rows):
    stepping = chain(rows).stepping
    line = timeline(stepping, 3)
    parts = [part for track in line.tracks for part in track.segments]
    assert [n for part in parts for n in range(part.first, part.last + 1)] == [
        *range(1, stepping.total + 1)
    ]
    assert len(parts) <= MAX_SEGMENTS + len(line.tracks)
    assert sum(part.status == "now" for part in parts) == 1
