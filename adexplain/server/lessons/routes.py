"""The routes of the lessons: the list, a lesson to read or to lecture, as a file, its questions."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from adexplain import lessons
from adexplain.lessons import library
from adexplain.lessons.lesson import slugs
from adexplain.lessons.prose import Prose
from adexplain.server.explorer.routes import PART
from adexplain.server.exporting.html_file import inlined
from adexplain.server.http import runner
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.requests import METHODS, asked
from adexplain.server.http.requests import answer as told
from adexplain.server.http.templating import render
from adexplain.server.lessons import answers
from adexplain.server.lessons import page as lesson_page
from adexplain.server.lessons.html import Setting, line
from adexplain.server.lessons.page import LessonPage

router = APIRouter(include_in_schema=False)

KEPT = 40
"""Pages of lessons that are kept ready."""

_kept: OrderedDict[tuple[str, bool, int], LessonPage] = OrderedDict()


@router.get("/lessons")
async def every_lesson() -> Response:
    """The list: goals, minutes, what to read before."""
    return render("lessons/index.html", entries=lessons.entries(), goals=_goals(library.version()))


@lru_cache(maxsize=2)
def _goals(_version: int) -> dict[str, list[Markup]]:
    """The goals of each lesson as HTML."""
    setting = Setting({}, {})
    return {
        entry.slug: [line(Prose.of(goal, 1), setting) for goal in entry.front.goals]
        for entry in lessons.entries()
    }


@router.get("/lessons/glossary")
async def glossary() -> Response:
    """One definition for each word."""
    return render("lessons/glossary.html", glossary=_glossary(library.version()))


@lru_cache(maxsize=2)
def _glossary(_version: int) -> lesson_page.Glossary:
    return lesson_page.glossary_page()


@router.get("/lessons/{slug}")
async def lesson(slug: str, view: str = "page", page: str = "1") -> Response:
    """A lesson; ``view`` is page, lecture or notes, and ``page`` a page of the lecture."""
    found = await _page(slug)
    if view not in ("lecture", "notes"):
        return render("lessons/lesson.html", lesson=found, saved=False)
    last = len(found.slides) + 1  # the first page is the title's
    number = min(max(int(page), 1), last) if page.isascii() and page.isdigit() else 1
    return render("lessons/lecture.html", lesson=found, view=view, number=number, last=last)


@router.get("/lessons/{slug}/file")
async def file(slug: str) -> Response:
    """The lesson as one file that needs no network."""
    found = await _page(slug, saved=True)
    shown = render("lessons/lesson.html", lesson=found, saved=True, version=lesson_page.VERSION)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{slug}.html"',
    }
    return Response(inlined(bytes(shown.body).decode()), media_type="text/html", headers=headers)


@router.api_route("/lessons/{slug}/answer", methods=METHODS)
async def answer(request: Request, slug: str) -> Response:
    """What is to be said of an answer: right, right up to rounding, or not yet and a hint."""
    if slug not in slugs():
        raise HTTPException(404)
    pairs = await asked(request)
    fields = dict(pairs)
    key, again = fields.get("question", ""), fields.get("tries", "0") not in ("", "0")
    given = [text for name, text in pairs if name == "given"]

    def shown(html: Markup | None) -> Response:
        if html is None:
            raise HTTPException(404)
        if PART in request.headers:
            return Response(html, media_type="text/html")
        # A form that was sent before the script was there, or without one.
        entry = next(entry for entry in lessons.entries() if entry.slug == slug)
        return render("lessons/answer.html", entry=entry, told=html, key=key)

    return await told(
        runner.apart(TRACE_SECONDS, answers.answer, slug, key, given, again),
        shown,
        lambda refusal: shown(answers.problem(refusal.message)),
    )


async def _page(slug: str, saved: bool = False) -> LessonPage:
    """A lesson's page, made in a worker: charts of formulas may take a while."""
    if slug not in slugs():
        raise HTTPException(404)
    key = (slug, saved, library.version())
    if key not in _kept:
        made = await runner.apart(TRACE_SECONDS, lesson_page.lesson_page, slug, saved)
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return _kept[key]
