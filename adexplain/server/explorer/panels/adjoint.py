"""The lines of an adjoint in the trace table: the seed, and each contribution as it arrives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from adexplain.explanation.stepping import Stepping
from adexplain.server.html.mathml import in_a_line, typeset, width
from adexplain.server.html.numerals import MINUS, Data, Numeral, number_of, numeral, to_float

LINES_SHOWN = 12
"""Contributions into one row beyond which only the first and the last are shown."""
WIDE = 20
"""Letters of a contribution, formula and numbers, that fit beside its amounts on a telephone."""
LONG = 16
"""Letters of a formula that fit beside a number on a telephone; longer ones have a line alone."""
SHORT = 4
"""Letters of an exact number that takes no more room than digits do."""


@dataclass
class Line:
    """One arrival in an adjoint: the seed, or a contribution along one edge."""

    formula: Markup
    numbers: Markup
    amount: Numeral
    total: Numeral
    seed: bool = False
    first: bool = False
    last: bool = False
    wide: bool = False
    """Too wide for a telephone beside its numbers."""
    long: bool = False
    """Too wide there beside its amounts, too."""
    flag: str = ""
    skipped: int = 0
    step: int | None = None
    edge: int | None = None
    """Which of the trace's contributions it is; None for a seed."""
    out_of: str = ""


def arrivals(data: Data, shown: set[str], stepping: Stepping) -> dict[str, list[Line]]:
    """The lines of every shown name's adjoint, in the order in which they arrive."""
    seeds = _seeds(data)
    into: dict[str, list[tuple[int, Data]]] = {}
    received = set()
    for edge, item in enumerate(data["contributions"]):
        received.add(item["into"])
        if item["into"] in shown:
            into.setdefault(item["into"], []).append((edge, item))
    carriers = {item["name"]: item for item in (*data["inputs"], *data["rows"])}
    given = seeds.keys() - received

    def lines(name: str) -> Iterator[Line]:
        if name in seeds:
            yield _seed(seeds[name], stepping.seeded[name])
        items = into.get(name, [])
        skipped = len(items) - LINES_SHOWN if len(items) > LINES_SHOWN + 1 else 0
        for position, (edge, item) in enumerate(items):
            if skipped and LINES_SHOWN // 2 <= position < LINES_SHOWN // 2 + skipped:
                continue
            line = _contribution(item, carriers[item["out_of"]], item["out_of"] in given)
            line.edge, line.out_of = edge, str(item["out_of"])
            line.step = stepping.of_contribution(edge)
            if skipped and position == LINES_SHOWN // 2 + skipped:
                line.skipped = skipped
            yield line

    result = {}
    for name in shown:
        collected = list(lines(name))
        if collected:
            collected[0].first = collected[-1].last = True
            result[name] = collected
    return result


def _seeds(data: Data) -> dict[str, float]:
    """The weight of each row or input that is an output, or several."""
    weights, seeds = data["seed"]["adjoint"], dict[str, float]()
    for output in data["outputs"]:
        amount = to_float(weights.get(output["name"])) or 0.0
        seeds[output["row"]] = seeds.get(output["row"], 0.0) + amount
    return seeds


def _seed(weight: float, step: int) -> Line:
    amount = numeral(weight, given=True)
    assert amount is not None
    word = Markup("<span class='word'>seed</span>")
    return Line(word, Markup(), amount, amount, seed=True, step=step)


def _contribution(item: Data, carrier: Data, carrier_given: bool) -> Line:
    """One arrival from ``carrier``, the row whose adjoint it passes on."""
    factor = number_of(item, "partial_value", given=_is_constant(item["partial"]), exact="partial")
    whole = number_of(carrier, "adjoint", given=carrier_given)
    numbers = Markup()
    if factor is not None and whole is not None:
        first = _within_product(whole, carrier, "adjoint", first=True)
        numbers = Markup("{}&#8201;×&#8201;{}").format(
            first, _within_product(factor, item, "partial")
        )
    nothing = Numeral(Markup(), "", "")
    amount, total = number_of(item, "amount") or nothing, number_of(item, "total") or nothing
    latex = in_a_line(item["latex"] or "")
    # What exact forms take more than digits would is missing beside them.
    exact = [len(number.html.striptags()) for number in (amount, total) if item["exact"]]
    letters = width(latex) + sum(2 * max(0, count - SHORT) for count in exact)
    return Line(
        typeset(latex) if latex else Markup("<code>from {}</code>").format(item["out_of"]),
        numbers,
        amount,
        total,
        wide=letters + len(numbers.striptags()) > WIDE,
        long=letters > LONG,
        flag=item["status"] if item["status"] != "ok" else "",
    )


def _within_product(shown: Numeral, item: Data, kind: str, first: bool = False) -> Markup:
    """A number as a factor: in brackets if it is an exact sum, or negative and not first."""
    exact = (item["exact"] or {}).get(kind, "")
    negative = shown.text.startswith(MINUS) and not first
    if negative or " + " in exact or " - " in exact:
        return Markup("({})").format(shown.html)
    return shown.html


def _is_constant(partial: str | None) -> bool:
    try:
        float(partial or "")
    except ValueError:
        return False
    return True
