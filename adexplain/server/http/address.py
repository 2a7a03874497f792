"""The address of a page: it holds the whole state, so that back, reload and links work.

``/?f=ln(x1)+%2B+x1*x2&at.x1=2&at.x2=5&mode=both&seed=x1``: the values carry their variable's name
behind a dot, so that a variable called ``f`` or ``mode`` does no harm.
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
AT = "at."
LONGEST = 6_000
"""Characters of an address; address.js has the same number."""
# Legible in an address and harmless there.
_SAFE = "*()/,:!'"


@dataclass(frozen=True)
class State:
    """What an address asks for, as typed; nothing here is known to be valid."""

    text: str
    at: Mapping[str, str] = field(default_factory=dict)
    mode: str = "both"
    seed: str = ""
    bar: str = ""
    exact: bool = False
    compare: bool = False
    view: str = "page"
    step: int | None = None
    """How far the trace is told; None shows the whole."""
    shape: str = ""
    """Which drawing of the graph the asking page has room for: wide, tall, or "" for both. No
    address holds it."""
    rows: tuple[int, int] | None = None
    """The first and the last of the lines to show as well, in a trace too long to be whole."""
    predict: str = ""
    """What is covered until it is predicted, one of :data:`PREDICTIONS`; "" where nothing is."""
    told: int | None = None
    """The last step whose number is uncovered, where another is shown. Scripts know it by heart;
    only the links of a page without them hold it."""

    @property
    def fits(self) -> bool:
        """Whether an address can hold this state; servers refuse longer ones."""
        return len(self.text) <= LONGEST and len(self.address()) <= LONGEST

    def address(self, path: str = "/", **changes: Any) -> str:
        """The address of this state, with some of it changed."""
        query = "&".join(f"{_quoted(n)}={_quoted(v)}" for n, v in replace(self, **changes).pairs())
        return f"{path}?{query}"

    def pairs(self) -> list[tuple[str, str]]:
        """The fields of a form, or the parts of an address; what is usual is left out."""
        pairs = [("f", self.text)]
        pairs += [(AT + name, value) for name, value in self.at.items() if value.strip()]
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
        if self.told is not None:
            pairs.append(("told", str(self.told)))
        if self.rows is not None:
            pairs.append(("rows", f"{self.rows[0]}-{self.rows[1]}"))
        return pairs

    def data_address(self, path: str, **changes: Any) -> str:
        """The address of data about this state: how a page shows it plays no part."""
        shown: dict[str, Any] = {"view": "page", "step": None, "rows": None, "predict": ""}
        return self.address(path, **{"compare": False, "told": None, **shown, **changes})


def _quoted(text: str) -> str:
    """``text`` for a query; a page has the same short ones in many addresses."""
    return _quoted_short(text) if len(text) < 1_000 else _quoted_short.__wrapped__(text)


@lru_cache(maxsize=1024)
def _quoted_short(text: str) -> str:
    """The same; half a surrogate pair, which no encoding holds, becomes ``?``."""
    return quote_plus(text.encode("utf-8", "replace").decode("utf-8"), safe=_SAFE)


def read(pairs: Iterable[tuple[str, str]]) -> State | None:
    """The state in the pairs of a query or form; None where no function is given.

    Values are given one by one (``at.x1=2``) or as a list (``at=x1=2,x2=5``).
    """
    given: dict[str, str] = {}
    at: dict[str, str] = {}
    for name, value in pairs:
        if name.startswith(AT):
            at[name[len(AT) :]] = value
        elif name == "at":
            at.update(listed(value))
        else:
            given[name] = value
    if "f" not in given:
        return None
    # Browsers send line ends as CR LF; positions in error messages count them as one.
    return State(
        text=given["f"].replace("\r\n", "\n"),
        at=at,
        mode=given.get("mode") or "both",
        seed=given.get("seed", "").strip(),
        bar=given.get("bar", "").strip(),
        exact=given.get("exact", "") not in ("", "0"),
        compare=given.get("compare", "") not in ("", "0"),
        view="projector" if given.get("view") == "projector" else "page",
        step=_step(given.get("step", "")),
        rows=_stretch(given.get("rows", "")),
        predict=given["predict"] if given.get("predict") in PREDICTIONS else "",
        told=_step(given.get("told", "")),
    )


def _step(text: str) -> int | None:
    """A step as typed; what is no number shows the whole trace."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _stretch(text: str) -> tuple[int, int] | None:
    """Lines as typed, ``51-150``; None for anything else."""
    first, last = (_step(part) for part in (*text.split("-", 1), "")[:2])
    return (first, last) if first and last and first <= last else None


def listed(text: str) -> dict[str, str]:
    """``x1=2, x2=pi/3`` as a mapping; a part without ``=`` stands under its own text."""
    values = {}
    for part in split_list(text):
        name, equals, value = part.partition("=")
        values[name.strip()] = value.strip() if equals else ""
    return values
