"""The web server: pages for people, JSON for programs."""

from __future__ import annotations

from fastapi import FastAPI


def create_app() -> FastAPI:
    """The application, ready for any ASGI server.

    Imported when called, so that a part of the server can be used without all the pages.
    """
    from adexplain.server import app

    return app.create_app()
