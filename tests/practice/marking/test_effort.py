"""What a wrong work costs is counted, not timed: it is bounded, whatever is pasted."""

from __future__ import annotations

from typing import Any

import pytest

from adexplain import budgets
from adexplain.cli.main import main
from adexplain.practice.marking import check
from adexplain.practice.marking.alignment import graph, vectors, views
from adexplain.practice.marking.alignment.effort import SHARE, Effort
from adexplain.practice.marking.check import verdict
from adexplain.practice.marking.diagnosis import mistakes_in_partials

AT = {"x": 0.7, "y": 1.3}
_OPERATIONS = ("sin({p})", "{p}*{q}", "{p} + {q}", "cos({p})", "{p}/(2 + y)", "{p} - {q}")


def rows(count: int) -> list[tuple[str, str]]:
    """A long function, each row of the two before it."""
    names = ["y", "x", *(f"v{k}" for k in range(1, count + 1))]
    return [
        (names[k + 2], _OPERATIONS[k % 6].format(p=names[k + 1], q=names[k])) for k in range(count)
    ]


def function(count: int) -> str:
    return "\n".join(f"{name} = {text}" for name, text in rows(count))


def all_wrong(count: int) -> str:
    """A derivation of it in which values, tangents and adjoints are wrong, in names of its own."""
    own = [(f"w{name[1:]}", text.replace("v", "w")) for name, text in rows(count)]
    lines = [f"{name} = {text} + 0.{name[1:]}" for name, text in own]
    lines += [f"{name}' = 1.7*{text} + 0.3" for name, text in own]
    return "\n".join([*lines, *(f"{name}_bar = 1.3*{name} + 0.2" for name, _ in reversed(own))])


def collected() -> tuple[str, dict[str, float], str]:
    """An input that is used ninety times, and three hundred contributions, all wrong."""
    text = " + ".join(f"x^{k}" for k in range(2, 92))
    return text, {"x": 1.1}, "\n".join(f"x_bar += {k}.37*x" for k in range(2, 300))


@pytest.fixture
def operations(monkeypatch):
    """The operations that are computed, as they are counted."""
    counted = [0]

    def counting(function: Any) -> Any:
        def called(program: Any, *rest: Any) -> Any:
            counted[0] += len(program.ops)
            return function(program, *rest)

        return called

    for module in (vectors, views, mistakes_in_partials):
        monkeypatch.setattr(module, "run", counting(module.run))
    monkeypatch.setattr(graph, "compute_trace", counting(graph.compute_trace))
    return counted


MOST = 3 * budgets.WORK_OPERATIONS
"""What marking costs besides explaining: every formula at eight points, in each of its readings."""


@pytest.mark.slow
def test_a_work_that_is_wrong_everywhere_costs_no_more_than_any_other(operations) -> None:
    found = check(function(46), AT, all_wrong(46))
    assert found.counts["wrong"] > 90
    assert operations[0] <= MOST
    operations[0] = 0
    found = check(function(130), AT, all_wrong(130))
    assert found.counts["wrong"] > 250
    assert operations[0] <= MOST
    assert found.unexplained


@pytest.mark.slow
def test_a_sum_of_many_contributions_costs_no_more(operations) -> None:
    found = check(*collected())
    assert found.counts["wrong"] == 298
    assert operations[0] <= MOST


def test_all_of_a_usual_work_is_explained() -> None:
    found = check(function(12), AT, all_wrong(12))
    assert found.counts["wrong"] > 25
    assert found.unexplained == 0


def test_what_is_not_explained_is_counted_and_said(monkeypatch) -> None:
    monkeypatch.setattr(budgets, "WORK_OPERATIONS", 200)
    found = check(function(12), AT, all_wrong(12))
    unsaid = [row for row in found.wrong if "for all to be explained" in (row.says or "")]
    assert found.unexplained == len(unsaid) > 0
    assert f"{len(unsaid)} of the wrong rows are marked, but not explained." in found.verdict
    assert found.to_dict()["unexplained"] == len(unsaid)
    assert found.verdict == verdict(found)
    assert all(row.instead for row in unsaid)


def test_the_command_line_has_the_same_bound_and_says_so(monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setattr(budgets, "WORK_OPERATIONS", 200)
    file = tmp_path / "mine.txt"
    text = f"function: {function(12)}\nat: x=0.7, y=1.3\nwork:\n{all_wrong(12)}\n"
    file.write_text(text, "utf-8")
    assert main(["check-work", str(file)]) == 1
    assert "are marked, but not explained" in " ".join(capsys.readouterr().out.split())


def test_one_search_leaves_something_for_the_others() -> None:
    effort = Effort(80)
    assert len(list(effort.limited(range(100), 1))) == 80 // SHARE
    assert effort.cut
    assert (effort.remaining, effort.spent) == (70, 10)
    effort.cut = False
    assert list(effort.limited(range(3), 1)) == [0, 1, 2]
    assert not effort.cut
    assert not effort.allows(1000)
    assert effort.cut
