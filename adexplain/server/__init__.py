"""The web server: pages for people, JSON for programs.

Its layers; each imports only from those above it:

    html   parts that any page may use: numbers, formulas, charts
    http   requests and answers: addresses, limits, security, templates, static files
    explorer   a function, its trace, every step, the verdict, the code
    exporting   downloads, and the trace as a frame for pages of other sites
    practice   exercises, worksheets, check-my-work
    api   the JSON API and its documentation
    reference   the rule table and the documents as pages
    search   one search for everything
    lessons   lessons as pages, lectures and files
    labs   one question each, to be tried out by hand
    app   all of them as one application
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def create_app() -> FastAPI:
    """The application, ready for any ASGI server.

    Imported when called, so that a part of the server can be used without all the pages.
    """
    from adexplain.server import app

    return app.create_app()
