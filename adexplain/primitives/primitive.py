"""The table of primitives as objects, by name and by spelling.

The partials and conditions stay text here, so that importing the package parses none of them.
``transforms/partials.py`` turns them into programs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from adexplain.primitives.attributes import Value, filled_in, split, written
from adexplain.primitives.rule_table import TABLE

_COMPARING = frozenset(("<", "<=", ">", ">=", "==", "!="))
_LOGICAL = frozenset(("and", "or", "not"))
_SYMBOLS = {"+", "-", "*", "/", "**", *_COMPARING, *_LOGICAL}
FUNCTION = 80
"""How tightly the printed form of a row binds that does not say so: as a function's call."""
_CLAUSE = re.compile(
    r"(?P<status>\w+)(?: for (?P<argument>\w))? at (?P<condition>.+?)(?: -> (?P<convention>.+))?$"
)


@dataclass(frozen=True, slots=True)
class NonsmoothPoint:
    """Points where a primitive is not smooth, and the derivative that is used there.

    Attributes:
        status: kink, jump, vertical, boundary or undefined.
        argument: the argument whose partial it concerns ("a", "b"), or "" for all of them.
        condition: where that is: a condition in the language users type, in terms of a, b, c, y.
        convention: the derivative used there ("" where the partial's formula gives it).
    """

    status: str
    argument: str
    condition: str
    convention: str


@dataclass(frozen=True, slots=True)
class Primitive:
    """One row of the table in ``rule_table.py``; see there for the meaning of each column.

    Where the row has attributes, its texts here have their values in place of their names: their
    defaults, or those of the key, such as ``sum[axis=0]``, which then is the name.
    """

    name: str
    spellings: tuple[str, ...]
    value: str
    partials: tuple[str, ...]
    domain: str
    nonsmooth_points: tuple[NonsmoothPoint, ...]
    exact: str
    latex: str
    marked_why: str
    line: int
    group: str
    strength: int
    loops: bool
    saturates: bool
    symbol: str = field(default="")
    arity: int = field(default=1)
    variadic: bool = field(default=False)
    attributes: tuple[tuple[str, Value], ...] = field(default=())

    @property
    def flat(self) -> bool:
        """Whether its slope is 0 wherever it has one."""
        return all(partial == "0" for partial in self.partials)

    @property
    def chooses(self) -> bool:
        """Whether its value is that of one argument, to be found by comparing: min, max."""
        return any(partial.startswith("share(") for partial in self.partials)

    @property
    def has_kinks(self) -> bool:
        """Whether there are points with different slopes on their two sides."""
        return any(point.status == "kink" for point in self.nonsmooth_points)

    @property
    def is_comparison(self) -> bool:
        """Whether it is one of <, <=, >, >=, ==, !=."""
        return self.symbol in _COMPARING

    @property
    def is_condition(self) -> bool:
        """Whether it is a comparison or a logical operation: its value is 0 or 1, its slope 0."""
        return self.is_comparison or self.is_logical

    @property
    def is_logical(self) -> bool:
        """Whether it is and, or, not."""
        return self.symbol in _LOGICAL

    @property
    def selects(self) -> bool:
        """Whether its value is that of one of its arguments, by a condition: where."""
        return self.value.startswith("where(")

    @property
    def lazy(self) -> bool:
        """Whether an argument is evaluated only on demand."""
        return self.selects or (self.is_logical and self.arity > 1)

    @property
    def why(self) -> str:
        """The sentence about its derivative, in terms of a, b, c, y."""
        return self.marked_why.replace("{", "").replace("}", "")

    @property
    def spelling(self) -> str:
        """How a call of it is written: its first spelling, or its name where it has none."""
        return self.spellings[0] if self.spellings else split(self.name)[0]

    @property
    def settings(self) -> list[str]:
        """The attributes that are not left at their defaults, as they are typed: ``axis=0``."""
        return written(dict(split(self.name)[1]))

    def call(self, arguments: Sequence[str], spelling: str = "") -> str:
        """The text of a call with these arguments, and with its attributes if it has some."""
        return f"{spelling or self.spelling}({', '.join([*arguments, *self.settings])})"

    def partial(self, argument: int) -> str:
        """Text of the partial by the argument at that position, from 0."""
        return self.partials[min(argument, len(self.partials) - 1)]


def parameters(primitive: Primitive, count: int) -> tuple[str, ...]:
    """Names of ``count`` arguments in the texts of the table: a, b, c, then a4, a5, …"""
    return tuple("abc"[i] if i < 3 else f"a{i + 1}" for i in range(count))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _read_value(value: str) -> tuple[str, int, bool]:
    """Operator symbol ("" for a call), number of arguments, and whether there may be more."""
    words = value.split()
    if "(" in value:
        arguments = value[value.index("(") + 1 : -1].partition(";")[0].split(",")
        variadic = arguments[-1].strip() == "..."
        return "", len(arguments) - variadic, variadic
    symbol = next(word for word in (*words, value[0]) if word in _SYMBOLS)
    return symbol, 1 if symbol == "not" or len(words) == 1 else 2, False


def _read_attributes(value: str) -> tuple[tuple[str, Value], ...]:
    """Names and defaults of the attributes: what stands behind a semicolon in a call."""
    _, semicolon, rest = value.removesuffix(")").partition(";")
    return split(f"_[{rest.strip()}]")[1] if semicolon else ()


def _read_smooth(text: str) -> tuple[str, tuple[NonsmoothPoint, ...], bool]:
    """The domain, the nonsmooth points, and whether it saturates."""
    domain, points, saturates = "", [], False
    for clause in _split(text):
        if clause == "saturates":
            saturates = True
            continue
        if clause.startswith("needs "):
            domain = clause.removeprefix("needs ")
            continue
        match = _CLAUSE.match(clause)
        if match is None:
            raise ValueError(f"cannot read the clause {clause!r} of the rule table")
        points.append(
            NonsmoothPoint(
                match["status"],
                match["argument"] or "",
                match["condition"],
                match["convention"] or "",
            )
        )
    return domain, tuple(points), saturates


def _read_row(line_number: int, line: str, group: str) -> Primitive:
    cells = [cell.strip() for cell in re.split(r"(?<=\s)\|(?=\s|$)", line)]
    place = f"rule_table.py, table line {line_number}"
    if len(cells) != 8:
        raise ValueError(f"{place}: {len(cells)} columns instead of 8")
    names, value, numpy, partials, smooth, exact, latex, why = cells
    if numpy not in ("", "loop"):
        raise ValueError(f"{place}: the column numpy says `{numpy}`; it may say `loop`")
    name, colon, others = names.partition(":")
    spellings = others.split() if colon else names.split()
    domain, nonsmooth_points, saturates = _read_smooth(smooth)
    latex, _, strength = latex.partition(" @")
    symbol, arity, variadic = _read_value(value)
    return Primitive(
        name=name if colon else spellings[0],
        spellings=tuple(spellings),
        value=value,
        partials=_split(partials),
        domain=domain,
        nonsmooth_points=nonsmooth_points,
        exact=exact or value,
        latex=latex,
        marked_why=why,
        line=line_number,
        group=group,
        strength=int(strength or FUNCTION),
        loops=numpy == "loop",
        saturates=saturates,
        symbol=symbol,
        arity=arity,
        variadic=variadic,
        attributes=_read_attributes(value),
    )


class _Table(dict[str, Primitive]):
    """The rows by name; a key with attributes, which is not listed, is made of the row's texts."""

    def __missing__(self, key: str) -> Primitive:
        if "[" not in key:
            raise KeyError(key)
        return _with_attributes(key)


@lru_cache(maxsize=1024)
def _with_attributes(key: str) -> Primitive:
    """The row of a key, with the values of its attributes in its texts."""
    name, given = split(key)
    row = _ROWS[name]
    values = dict(row.attributes) | dict(given)

    def fill(text: str) -> str:
        return filled_in(text, values)

    points = [
        replace(point, condition=fill(point.condition), convention=fill(point.convention))
        for point in row.nonsmooth_points
    ]
    return replace(
        row,
        name=key,
        partials=tuple(map(fill, row.partials)),
        domain=fill(row.domain),
        nonsmooth_points=tuple(points),
        exact=row.value if row.exact == row.value else fill(row.exact),
        latex=fill(row.latex),
        marked_why=fill(row.marked_why),
        attributes=tuple(values.items()),
    )


def _read_table() -> dict[str, Primitive]:
    found: dict[str, Primitive] = {}
    group = ""
    for number, line in enumerate(TABLE.strip().splitlines()[1:], 2):
        if line.startswith("# "):
            group = line.removeprefix("# ")
            continue
        row = _read_row(number, line, group)
        if row.name in found:
            raise ValueError(f"rule_table.py, table line {number}: there is a row {row.name} above")
        found[row.name] = row
    return found


_ROWS = _read_table()
PRIMITIVES: dict[str, Primitive] = _Table(
    (name, _with_attributes(name) if row.attributes else row) for name, row in _ROWS.items()
)
"""Primitive by name, in the order of the table; also by a key with attributes."""


@cache
def by_spelling() -> dict[str, tuple[Primitive, ...]]:
    """Spelling -> the primitives it may mean; the number of arguments decides between them."""
    table: dict[str, tuple[Primitive, ...]] = {}
    for primitive in PRIMITIVES.values():
        for spelling in primitive.spellings:
            table[spelling] = (*table.get(spelling, ()), primitive)
    return table


CONDITIONS: frozenset[str] = frozenset(p.name for p in PRIMITIVES.values() if p.is_condition)
"""The comparisons, and, or, not."""

LOGICAL: frozenset[str] = frozenset(p.name for p in PRIMITIVES.values() if p.is_logical)
"""and, or, not."""

SELECTING: frozenset[str] = frozenset(p.name for p in PRIMITIVES.values() if p.selects)
"""The primitives that hand on the value of one of their arguments: where."""

LAZY: frozenset[str] = frozenset(p.name for p in PRIMITIVES.values() if p.lazy)
"""The primitives that evaluate an argument only on demand: where, and, or."""
