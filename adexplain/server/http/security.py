"""Security headers of every response: only this server's files run, and no type is guessed."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAME_ORIGIN_FRAMES = "frame-ancestors 'self'"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        _SAME_ORIGIN_FRAMES,
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

EMBED_PATH = "/embed"
"""The one path whose pages other sites may show in a frame."""
EMBED_HEADERS = {
    name: value.replace(_SAME_ORIGIN_FRAMES, "frame-ancestors *")
    for name, value in HEADERS.items()
    if name != "X-Frame-Options"
}


class SecurityHeaders:
    """Middleware that adds :data:`HEADERS`, or :data:`EMBED_HEADERS` to an embedded page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        added = EMBED_HEADERS if scope["path"] == EMBED_PATH else HEADERS

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
