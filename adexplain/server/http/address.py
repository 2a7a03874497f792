"""The state of an explorer page, and its address, which holds all of it.

``/?f=ln(x1)+%2B+x1*x2&at.x1=2&at.x2=5&mode=both&seed=x1``: back, reload and links need nothing
else. A value's field is its variable's name after ``at.``, so that a variable may be called ``f``
or ``mode``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from adexplain.evaluate.points import split_list

MODES = ("forward", "reverse", "both")
PREDICTIONS = ("values", "rules", "contributions", "gradient")
AT_PREFIX = "at."
"""Before a variable's name in the field of its value."""
LONGEST = 6_000
"""The longest address, in characters; address.js has the same limit."""
# These need no escape in an address and make it easier to read.
_SAFE = "*()/,:!'"


@dataclass(frozen=True)
class State:
    """What an address asks for, as typed and not yet validated."""

    text: str
    at: Mapping[str, str] = field(default_factory=dict)
    mode: str = "both"
    seed: str = ""
    bar: str = ""
    exact: bool = False
    compare: bool = False
    view: str = "page"
    step: int | None = None
    """The step up to which the trace is shown; None shows all of it."""
    shape: str = ""
    """The drawing of the graph for which the page has room: wide, tall, or "" for both. It is not
    part of the address."""
    rows: tuple[int, int] | None = None
    """The first and the last of the lines to show in addition, in a trace too long to be shown
    whole."""
    predict: str = ""
    """What is covered until it is predicted, one of :data:`PREDICTIONS`; "" where nothing is."""
    revealed: int | None = None
    """The last step that is revealed, where the page shows an earlier one; the field ``told``. The
    page's script remembers it; only the links of a page without scripts hold it."""

    @property
    def fits(self) -> bool:
        """Whether the address is short enough to be sent."""
        return len(self.text) <= LONGEST and len(self.address()) <= LONGEST

    def address(self, path: str = "/", **changes: Any) -> str:
        """The address of this state under ``path``, with the attributes in ``changes`` changed."""
        query = "&".join(f"{_quoted(n)}={_quoted(v)}" for n, v in replace(self, **changes).pairs())
        return f"{path}?{query}"

    def pairs(self) -> list[tuple[str, str]]:
        """The state as fields of a form or an address; default values are left out."""
        pairs = [("f", self.text)]
        pairs += [(AT_PREFIX + name, value) for name, value in self.at.items() if value.strip()]
        if self.mode != "both":
            pairs.append(("mode", self.mode))
        pairs += [("seed", self.seed)] if self.seed else []
        pairs += [("bar", self.bar)] if self.bar else []
        pairs += [("exact", "1")] if self.exact else []
        pairs += [("compare", "1")] if self.compare else []
        if self.view != "page":
            pairs.append(("view", self.view))
        pairs += [("predict", self.predict)] if self.predict else []
        if self.step is not None:
            pairs.append(("step", str(self.step)))
        if self.revealed is not None:
            pairs.append(("told", str(self.revealed)))
        if self.rows is not None:
            pairs.append(("rows", f"{self.rows[0]}-{self.rows[1]}"))
        return pairs

    def data_address(self, path: str, **changes: Any) -> str:
        """The address of data about this state, without the attributes of how a page shows it."""
        defaults = {"view": "page", "step": None, "rows": None, "predict": "", "revealed": None}
        return self.address(path, **{"compare": False, **defaults, **changes})


def _quoted(text: str) -> str:
    """``text`` escaped for a query. Short texts are cached: a page repeats them in many links."""
    return _quoted_short(text) if len(text) < 1_000 else _quoted_short.__wrapped__(text)


@lru_cache(maxsize=1024)
def _quoted_short(text: str) -> str:
    """``text`` escaped for a query; a lone surrogate, which UTF-8 cannot encode, becomes ``?``."""
    return quote_plus(text.encode("utf-8", "replace").decode("utf-8"), safe=_SAFE)


def read_state(pairs: Iterable[tuple[str, str]]) -> State | None:
    """The state in the fields of a query or form; None where no function is given.

    Values are given one by one (``at.x1=2``) or as a list (``at=x1=2,x2=5``).
    """
    fields: dict[str, str] = {}
    at: dict[str, str] = {}
    for name, value in pairs:
        if name.startswith(AT_PREFIX):
            at[name[len(AT_PREFIX) :]] = value
        elif name == "at":
            at.update(parse_assignments(value))
        else:
            fields[name] = value
    if "f" not in fields:
        return None
    # Browsers send line ends as CR LF; positions in error messages count one character for each.
    return State(
        text=fields["f"].replace("\r\n", "\n"),
        at=at,
        mode=fields.get("mode") or "both",
        seed=fields.get("seed", "").strip(),
        bar=fields.get("bar", "").strip(),
        exact=fields.get("exact", "") not in ("", "0"),
        compare=fields.get("compare", "") not in ("", "0"),
        view="projector" if fields.get("view") == "projector" else "page",
        step=_parse_step(fields.get("step", "")),
        rows=_parse_range(fields.get("rows", "")),
        predict=fields["predict"] if fields.get("predict") in PREDICTIONS else "",
        revealed=_parse_step(fields.get("told", "")),
    )


def _parse_step(text: str) -> int | None:
    """A step as typed; None, which shows the whole trace, where it is not a number."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _parse_range(text: str) -> tuple[int, int] | None:
    """A range of lines as typed, ``51-150``; None for anything else."""
    first, last = (_parse_step(part) for part in (*text.split("-", 1), "")[:2])
    return (first, last) if first and last and first <= last else None


def parse_assignments(text: str) -> dict[str, str]:
    """``x1=2, x2=pi/3`` as a mapping; a part without ``=`` is a name with an empty value."""
    values = {}
    for part in split_list(text):
        name, equals, value = part.partition("=")
        values[name.strip()] = value.strip() if equals else ""
    return values
