"""What a page of worksheets is asked for, and the page or the file made of it.

Rendering thirty sheets takes longer than the event loop may wait, so that all of this runs in a
worker, and only text comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from adexplain.errors import InputError
from adexplain.export.blank import Blank
from adexplain.export.latex import document
from adexplain.practice.exercises import level_of, seed_of
from adexplain.practice.worksheets import (
    MIXED,
    MOST_SHEETS,
    PARTS,
    TITLES,
    Sheet,
    count_of,
    function_latex,
    sheets,
    sheets_latex,
)
from adexplain.server.explorer import content
from adexplain.server.http.address import State
from adexplain.server.http.templating import render
from adexplain.server.practice.worksheet import function_sheets, key_lines, sheet_views

CLASS = 30
"""Sheets of a class, if nothing else is asked for."""
LONGEST_NAMES = 6_000
LEVEL_CHOICES = tuple(TITLES.items())
PART_CHOICES = (("both", "Blank and solved"), ("blank", "Blank"), ("solved", "Solved"))


@dataclass(frozen=True)
class Asked:
    """What was asked for, as typed.

    Attributes:
        state: the function, its point and its seeds; None for a set of exercises.
        level, seed, exercises: of a set; ``level`` is "" where none is asked for.
        sheets, names: of a class.
        part: blank, solved or both.
        operations: whether the operations of the rows are given.
        whole_class: whether this is a class.
    """

    state: State | None
    level: str
    seed: str
    exercises: str
    sheets: str
    names: str
    part: str
    operations: bool
    whole_class: bool

    @classmethod
    def of(cls, given: Mapping[str, str], state: State | None, whole_class: bool) -> Asked:
        """What the fields of an address or a form ask for."""
        return cls(
            state,
            given.get("level", "").strip(),
            given.get("seed", "").strip(),
            given.get("exercises", ""),
            given.get("sheets", ""),
            given.get("names", "")[:LONGEST_NAMES].replace("\r\n", "\n"),
            given.get("part", "both"),
            given.get("operations", "") != "hidden",
            whole_class,
        )

    @property
    def wants_sheets(self) -> bool:
        """Whether anything is asked for, rather than the empty form."""
        return bool(self.level) or self.state is not None

    @property
    def blank(self) -> Blank:
        """What is left to write."""
        return Blank(operations=self.operations)

    def made(self) -> list[Sheet]:
        """The sheets.

        Raises:
            InputError: what is asked for cannot be made.
        """
        self.check()
        level = self.level if self.level == MIXED else level_of(self.level)
        count = count_of(self.sheets, CLASS, "sheets") if self.whole_class else 1
        names = self.names.split("\n")[: MOST_SHEETS + 1] if self.whole_class else []
        each = count_of(self.exercises, 3, "exercises")
        return sheets(level, seed_of(self.seed or "1"), each, count, names)

    def check(self) -> None:
        """Raise InputError where there is no such part."""
        if self.part not in PARTS:
            raise InputError(f"There is no part `{self.part[:20]}`.", None, f"{', '.join(PARTS)}.")

    def address(self, path: str) -> str:
        """The address of the same under another path; "" where it is too long for one."""
        pairs = [("part", self.part)] + ([] if self.operations else [("operations", "hidden")])
        if self.state is not None:
            if not self.state.fits:
                return ""
            return f"{self.state.address(path, step=None, compare=False)}&{urlencode(pairs)}"
        pairs += [("level", self.level), ("seed", self.seed or "1"), ("exercises", self.exercises)]
        if self.whole_class:
            pairs += [("sheets", self.sheets), ("names", self.names)]
        return f"{path}?{urlencode([pair for pair in pairs if pair[1]])}"


def page_of(asked: Asked) -> str:
    """The page with its form and the sheets, as HTML.

    Raises:
        InputError: what is asked for cannot be made.
    """
    context: dict[str, Any] = {"made": [], "key": [], "problem": None}
    if asked.wants_sheets:
        if asked.state is not None:
            asked.check()
            program, at, seed = content.read(asked.state)
            explanation = content.explained(program, at, asked.state, seed)
            context["made"] = function_sheets(explanation, asked.part, asked.blank)
        else:
            found = asked.made()
            context["made"] = sheet_views(found, asked.part, asked.blank)
            several = len(found) > 1
            context["key"] = key_lines(found) if several and asked.part != "blank" else []
            context["origin"] = found[0].origin
    return html(asked, **context)


def html(asked: Asked, status: int = 200, /, **context: Any) -> str:
    """The page with what was made, or with what is wrong."""
    template = "practice/class.html" if asked.whole_class else "practice/worksheet.html"
    page = render(
        template,
        status,
        ask=asked,
        state=asked.state or State(""),
        level_choices=LEVEL_CHOICES,
        part_choices=PART_CHOICES,
        **context,
    )
    return bytes(page.body).decode()


def latex_of(asked: Asked) -> str:
    """The same as a LaTeX document.

    Raises:
        InputError: what is asked for cannot be made.
    """
    if asked.state is not None:
        asked.check()
        program, at, seed = content.read(asked.state)
        explanation = content.explained(program, at, asked.state, seed)
        return document(function_latex(explanation, asked.part, asked.blank))
    return document(sheets_latex(asked.made(), asked.part, asked.blank))
