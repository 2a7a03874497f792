"""``/lessons``: their list, each as a page, a lecture or a file, and the judging of answers."""

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
from adexplain.server.exporting.html_file import inline_assets
from adexplain.server.http import runner
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.requests import METHODS, query_fields, respond
from adexplain.server.http.templating import render
from adexplain.server.lessons import answers
from adexplain.server.lessons import page as lesson_page
from adexplain.server.lessons.html import RenderContext, inline_html
from adexplain.server.lessons.page import LessonPage

router = APIRouter(include_in_schema=False)

MAX_PAGES = 40
"""The most pages of lessons that are cached."""

_pages: OrderedDict[tuple[str, bool, int], LessonPage] = OrderedDict()


@router.get("/lessons")
async def lesson_list() -> Response:
    """The list of lessons: goals, minutes, and which to read before."""
    return render("lessons/index.html", entries=lessons.entries(), goals=_goals(library.version()))


@lru_cache(maxsize=2)
def _goals(_version: int) -> dict[str, list[Markup]]:
    """The goals of each lesson as HTML."""
    context = RenderContext({}, {})
    return {
        entry.slug: [inline_html(Prose.of(goal, 1), context) for goal in entry.front.goals]
        for entry in lessons.entries()
    }


@router.get("/lessons/glossary")
async def glossary() -> Response:
    """The glossary."""
    return render("lessons/glossary.html", glossary=_glossary(library.version()))


@lru_cache(maxsize=2)
def _glossary(_version: int) -> lesson_page.Glossary:
    return lesson_page.glossary_page()


@router.get("/lessons/{slug}")
async def lesson(slug: str, view: str = "page", page: str = "1") -> Response:
    """A lesson; ``view`` is page, lecture or notes, and ``page`` the number of a lecture page."""
    found = await _page(slug)
    if view not in ("lecture", "notes"):
        return render("lessons/lesson.html", lesson=found, saved=False)
    last = len(found.slides) + 1  # the first page is the title's
    number = min(max(int(page), 1), last) if page.isascii() and page.isdigit() else 1
    return render("lessons/lecture.html", lesson=found, view=view, number=number, last=last)


@router.get("/lessons/{slug}/file")
async def file(slug: str) -> Response:
    """The lesson as one HTML file that needs no network."""
    found = await _page(slug, saved=True)
    show = render("lessons/lesson.html", lesson=found, saved=True, version=lesson_page.VERSION)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{slug}.html"',
    }
    return Response(
        inline_assets(bytes(show.body).decode()), media_type="text/html", headers=headers
    )


@router.api_route("/lessons/{slug}/answer", methods=METHODS)
async def answer(request: Request, slug: str) -> Response:
    """The judgement of an answer: right, right up to rounding, or not yet and a hint."""
    if slug not in slugs():
        raise HTTPException(404)
    pairs = await query_fields(request)
    fields = dict(pairs)
    key, tried_before = fields.get("question", ""), fields.get("tries", "0") not in ("", "0")
    given = [text for name, text in pairs if name == "given"]

    def show(html: Markup | None) -> Response:
        if html is None:
            raise HTTPException(404)
        if PART in request.headers:
            return Response(html, media_type="text/html")
        # The form was sent without the script.
        entry = next(entry for entry in lessons.entries() if entry.slug == slug)
        return render("lessons/answer.html", entry=entry, judged=html, key=key)

    return await respond(
        runner.in_worker(TRACE_SECONDS, answers.answer, slug, key, given, tried_before),
        show,
        lambda refusal: show(answers.problem(refusal.message)),
    )


async def _page(slug: str, saved: bool = False) -> LessonPage:
    """A lesson's page, from the cache or from a worker, since some charts take seconds."""
    if slug not in slugs():
        raise HTTPException(404)
    key = (slug, saved, library.version())
    if key not in _pages:
        page = await runner.in_worker(TRACE_SECONDS, lesson_page.lesson_page, slug, saved)
        _pages[key] = page
        while len(_pages) > MAX_PAGES:
            _pages.popitem(last=False)
    return _pages[key]
