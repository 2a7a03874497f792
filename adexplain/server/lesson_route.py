"""The routes of the lessons: the list, a lesson to read or to lecture, as a file, its questions."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from adexplain import lessons
from adexplain.errors import InputError
from adexplain.lessons import Lesson, judging, library
from adexplain.lessons.lesson import slugs
from adexplain.lessons.prose import Prose
from adexplain.practice.equality import Match

from . import lesson_view, runner
from .asking import METHODS, asked
from .html_file import inlined
from .lesson_html import Setting, block, line
from .lesson_parts import right_answer
from .lesson_view import LessonPage
from .limits import TRACE_SECONDS
from .templating import fragment, render

router = APIRouter(include_in_schema=False)

KEPT = 40
"""Pages of lessons that are kept ready."""

_kept: OrderedDict[tuple[str, bool, int], LessonPage] = OrderedDict()


@router.get("/lessons")
async def every_lesson() -> Response:
    """The list: goals, minutes, what to read before."""
    entries = lessons.entries()
    setting = Setting({}, {})
    goals = {
        entry.slug: [line(Prose.of(goal, library.home(), 1), setting) for goal in entry.front.goals]
        for entry in entries
    }
    return render("lessons.html", entries=entries, goals=goals)


@router.get("/lessons/glossary")
async def glossary() -> Response:
    """One definition for each word."""
    return render("glossary.html", glossary=_glossary(library.version()))


@lru_cache(maxsize=2)
def _glossary(_version: int) -> lesson_view.Glossary:
    return lesson_view.glossary_page()


@router.get("/lessons/{slug}")
async def lesson(slug: str, view: str = "page", page: str = "1") -> Response:
    """A lesson; ``view`` is page, lecture or notes, and ``page`` a page of the lecture."""
    found = await _page(slug)
    if view not in ("lecture", "notes"):
        return render("lesson.html", lesson=found, saved=False)
    last = len(found.slides) + 1  # the first page is the title's
    number = min(max(int(page), 1), last) if page.isascii() and page.isdigit() else 1
    return render("lecture.html", lesson=found, view=view, number=number, last=last)


@router.get("/lessons/{slug}/file")
async def file(slug: str) -> Response:
    """The lesson as one file that needs no network."""
    found = await _page(slug, saved=True)
    shown = render("lesson.html", lesson=found, saved=True, version=lesson_view.VERSION)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{slug}.html"',
    }
    return Response(inlined(bytes(shown.body).decode()), media_type="text/html", headers=headers)


@router.api_route("/lessons/{slug}/answer", methods=METHODS)
async def answer(request: Request, slug: str) -> Response:
    """What is to be said of an answer: right, right up to rounding, or not yet and a hint."""
    given = dict(await asked(request))
    found = _lesson(slug)
    number = given.get("question", "")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(found.questions)):
        raise HTTPException(404)
    question = found.questions[int(number) - 1]
    setting = Setting(found.traces, lessons.terms())
    problem, match = "", Match.WRONG
    try:
        match = judging.judge(question, found.traces, given.get("given", ""))
    except InputError as error:
        problem = str(error)
    return Response(
        fragment(
            "_lesson_judged.html",
            match=match.value,
            problem=problem,
            tries=given.get("tries", "0") not in ("", "0"),
            hint=block(question.hint, setting),
            why=block(question.why, setting),
            answer=right_answer(question, found.traces),
        ),
        media_type="text/html",
    )


async def _page(slug: str, saved: bool = False) -> LessonPage:
    """A lesson's page, made in a worker: charts of formulas may take a while."""
    if slug not in slugs():
        raise HTTPException(404)
    key = (slug, saved, library.version())
    if key not in _kept:
        made = await runner.apart(TRACE_SECONDS, lesson_view.lesson_page, slug, saved)
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def _lesson(slug: str) -> Lesson:
    try:
        return lessons.load(slug)
    except KeyError:
        raise HTTPException(404) from None
