"""A request for worksheets, and the page or the LaTeX document it is answered with.

Rendering thirty sheets takes too long for the event loop, so all of this runs in a worker process,
which returns the finished text.
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
    MAX_SHEETS,
    MIXED,
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
"""The default number of sheets for a class."""
LONGEST_NAMES = 6_000
"""The most characters of the list of names that are read."""
LEVEL_CHOICES = tuple(TITLES.items())
PART_CHOICES = (("both", "Blank and solved"), ("blank", "Blank"), ("solved", "Solved"))


@dataclass(frozen=True)
class WorksheetRequest:
    """The fields of a request for worksheets, as typed.

    Attributes:
        state: the function, its point and its seeds; None for a set of exercises.
        level, seed, exercises: those of a set of exercises; ``level`` is "" for an empty form.
        sheets, names: how many sheets a class needs, and the names for them.
        part: blank, solved or both.
        operations: whether the operations of the rows are given.
        whole_class: whether it is for a class.
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
    def from_fields(
        cls, fields: Mapping[str, str], state: State | None, whole_class: bool
    ) -> WorksheetRequest:
        """The request in the fields of an address or a form."""
        return cls(
            state,
            fields.get("level", "").strip(),
            fields.get("seed", "").strip(),
            fields.get("exercises", ""),
            fields.get("sheets", ""),
            fields.get("names", "")[:LONGEST_NAMES].replace("\r\n", "\n"),
            fields.get("part", "both"),
            fields.get("operations", "") != "hidden",
            whole_class,
        )

    @property
    def wants_sheets(self) -> bool:
        """Whether sheets are requested, rather than the empty form."""
        return bool(self.level) or self.state is not None

    @property
    def blank(self) -> Blank:
        """What a blank sheet leaves out."""
        return Blank(operations=self.operations)

    def make_sheets(self) -> list[Sheet]:
        """The sheets of exercises.

        Raises:
            InputError: a field is not valid.
        """
        self.check()
        level = self.level if self.level == MIXED else level_of(self.level)
        count = count_of(self.sheets, CLASS, "sheets") if self.whole_class else 1
        names = self.names.split("\n")[: MAX_SHEETS + 1] if self.whole_class else []
        exercises = count_of(self.exercises, 3, "exercises")
        return sheets(level, seed_of(self.seed or "1"), exercises, count, names)

    def check(self) -> None:
        """Check the field ``part``.

        Raises:
            InputError: there is no such part.
        """
        if self.part not in PARTS:
            raise InputError(f"There is no part `{self.part[:20]}`.", None, f"{', '.join(PARTS)}.")

    def address(self, path: str) -> str:
        """The address of this request under another path; "" where it is too long."""
        pairs = [("part", self.part)] + ([] if self.operations else [("operations", "hidden")])
        if self.state is not None:
            if not self.state.fits:
                return ""
            return f"{self.state.address(path, step=None, compare=False)}&{urlencode(pairs)}"
        pairs += [("level", self.level), ("seed", self.seed or "1"), ("exercises", self.exercises)]
        if self.whole_class:
            pairs += [("sheets", self.sheets), ("names", self.names)]
        return f"{path}?{urlencode([pair for pair in pairs if pair[1]])}"


def worksheet_page(request: WorksheetRequest) -> str:
    """The page with its form and the sheets, as HTML.

    Raises:
        InputError: a field is not valid.
    """
    context: dict[str, Any] = {"sheets": [], "key": [], "problem": None}
    if request.wants_sheets:
        if request.state is not None:
            request.check()
            program, at, seed = content.resolve(request.state)
            explanation = content.explanation_of(program, at, request.state, seed)
            context["sheets"] = function_sheets(explanation, request.part, request.blank)
        else:
            exercise_sheets = request.make_sheets()
            context["sheets"] = sheet_views(exercise_sheets, request.part, request.blank)
            if len(exercise_sheets) > 1 and request.part != "blank":
                context["key"] = key_lines(exercise_sheets)
            context["origin"] = exercise_sheets[0].origin
    return render_page(request, **context)


def render_page(request: WorksheetRequest, status: int = 200, /, **context: Any) -> str:
    """The page as HTML, with its sheets, or with the problem of the request."""
    template = "practice/class.html" if request.whole_class else "practice/worksheet.html"
    page = render(
        template,
        status,
        sheet_request=request,
        state=request.state or State(""),
        level_choices=LEVEL_CHOICES,
        part_choices=PART_CHOICES,
        **context,
    )
    return bytes(page.body).decode()


def render_latex(request: WorksheetRequest) -> str:
    """The sheets as a LaTeX document.

    Raises:
        InputError: a field is not valid.
    """
    if request.state is not None:
        request.check()
        program, at, seed = content.resolve(request.state)
        explanation = content.explanation_of(program, at, request.state, seed)
        return document(function_latex(explanation, request.part, request.blank))
    return document(sheets_latex(request.make_sheets(), request.part, request.blank))
