"""Limits on a request: the size of its body, and the time its work may take."""

from __future__ import annotations

from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY = 4_000_000
"""Bytes of a request's body."""
INLINE_TEXT = 2_000
"""Characters of a function that is traced in the event loop; a longer one goes to a worker."""
TRACE_SECONDS = 30.0
"""Seconds a worker has for one trace."""
COMPARE_SECONDS = 12.0
"""Seconds a worker has for one comparison."""


class BodyLimit:
    """Middleware that answers 413 to a body over :data:`BODY`, with or without a Content-Length.

    It reads the body before the application does, so that the refusal is not taken for a malformed
    request; it never holds more than the limit.
    """

    def __init__(self, app: ASGIApp, limit: int = BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self.limit:
            await too_large(self.limit)(scope, receive, send)
            return
        messages: list[Message] = []
        read = 0
        while True:
            message = await receive()
            messages.append(message)
            read += len(message.get("body", b""))
            if read > self.limit:
                await too_large(self.limit)(scope, receive, send)
                return
            if message["type"] != "http.request" or not message.get("more_body"):
                break
        messages.reverse()

        async def replay() -> Message:
            return messages.pop() if messages else await receive()

        await self.app(scope, replay, send)


def too_large(limit: int) -> JSONResponse:
    """The answer to a body over the limit."""
    message = f"The request is larger than {limit:,} bytes."
    return JSONResponse(
        {"error": {"message": message, "start": None, "end": None, "hint": "Send less at once."}},
        status_code=413,
        headers={"Connection": "close"},
    )
