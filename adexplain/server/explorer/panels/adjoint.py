"""The lines of an adjoint in the trace table: its seed, and each contribution in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from adexplain.explanation.stepping import Stepping
from adexplain.server.html.mathml import inline_fractions, typeset, width
from adexplain.server.html.numerals import MINUS, Data, Numeral, number_of, numeral, to_float

LINES_SHOWN = 12
"""The most contributions into one row of which all are shown; of more, the first and the last."""
WIDE_LETTERS = 20
"""Letters of a contribution, formula and numbers, that fit beside its amounts on a phone."""
LONG_LETTERS = 16
"""Letters of a formula that fit beside a number on a phone; a longer one has its own line."""
EXACT_LETTERS = 4
"""Letters of an exact number that takes no more room than its digits."""


@dataclass
class ContributionLine:
    """One term of an adjoint: its seed, or a contribution along one edge.

    Attributes:
        formula, numbers: the contribution as a formula, and as a product of numbers.
        amount: its value.
        total: the running sum after it.
        seed: whether it is the seed.
        first, last: whether it is the first, or the last, of its adjoint.
    """

    formula: Markup
    numbers: Markup
    amount: Numeral
    total: Numeral
    seed: bool = False
    first: bool = False
    last: bool = False
    wide: bool = False
    """Whether formula and numbers are too wide for one line on a phone."""
    long: bool = False
    """Whether the formula is too wide for a line with the amounts on a phone."""
    flag: str = ""
    """Its status where that is not "ok"."""
    skipped: int = 0
    """How many contributions are left out before it."""
    step: int | None = None
    edge: int | None = None
    """Its position in the trace's contributions; None for a seed."""
    out_of: str = ""
    """The row it comes from; "" for a seed."""


def adjoint_lines(
    data: Data, shown: set[str], stepping: Stepping
) -> dict[str, list[ContributionLine]]:
    """The lines of the adjoint of each name in ``shown``, in the order of their steps."""
    seeds = _seeds(data)
    into: dict[str, list[tuple[int, Data]]] = {}
    received = set()
    for edge, item in enumerate(data["contributions"]):
        received.add(item["into"])
        if item["into"] in shown:
            into.setdefault(item["into"], []).append((edge, item))
    sources = {item["name"]: item for item in (*data["inputs"], *data["rows"])}
    seeded = seeds.keys() - received

    def lines(name: str) -> Iterator[ContributionLine]:
        if name in seeds:
            yield _seed_line(seeds[name], stepping.seeded[name])
        items = into.get(name, [])
        skipped = len(items) - LINES_SHOWN if len(items) > LINES_SHOWN + 1 else 0
        for position, (edge, item) in enumerate(items):
            if skipped and LINES_SHOWN // 2 <= position < LINES_SHOWN // 2 + skipped:
                continue
            line = _contribution_line(item, sources[item["out_of"]], item["out_of"] in seeded)
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
    """The seed of each row or input that is an output: the sum of the weights of its outputs."""
    weights, seeds = data["seed"]["adjoint"], dict[str, float]()
    for output in data["outputs"]:
        amount = to_float(weights.get(output["name"])) or 0.0
        seeds[output["row"]] = seeds.get(output["row"], 0.0) + amount
    return seeds


def _seed_line(weight: float, step: int) -> ContributionLine:
    amount = numeral(weight, given=True)
    assert amount is not None
    word = Markup("<span class='muted'>seed</span>")
    return ContributionLine(word, Markup(), amount, amount, seed=True, step=step)


def _contribution_line(item: Data, source: Data, source_is_seed: bool) -> ContributionLine:
    """The line of a contribution from ``source``, the row whose adjoint it multiplies."""
    factor = number_of(item, "partial_value", given=_is_constant(item["partial"]), exact="partial")
    whole = number_of(source, "adjoint", given=source_is_seed)
    numbers = Markup()
    if factor is not None and whole is not None:
        first = _within_product(whole, source, "adjoint", first=True)
        numbers = Markup("{}&#8201;×&#8201;{}").format(
            first, _within_product(factor, item, "partial")
        )
    no_number = Numeral(Markup(), "", "")
    amount, total = number_of(item, "amount") or no_number, number_of(item, "total") or no_number
    latex = inline_fractions(item["latex"] or "")
    # Exact forms may take more room than digits, which leaves less for the formula.
    exact = [len(number.html.striptags()) for number in (amount, total) if item["exact"]]
    letters = width(latex) + sum(2 * max(0, count - EXACT_LETTERS) for count in exact)
    return ContributionLine(
        typeset(latex) if latex else Markup("<code>from {}</code>").format(item["out_of"]),
        numbers,
        amount,
        total,
        wide=letters + len(numbers.striptags()) > WIDE_LETTERS,
        long=letters > LONG_LETTERS,
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
