"""``adexplain serve``: the page on this machine."""

from __future__ import annotations

import errno
import socket

from adexplain.errors import InputError

GRACE = 3
"""Seconds that open requests have when the server is stopped."""
_NO_ADDRESS = {errno.EADDRNOTAVAIL} | {
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)
}


def serve(host: str, port: int) -> None:
    """Listen until stopped; port 0 takes a free one.

    Raises:
        InputError: the address cannot be listened at.
    """
    listener = _listen(host, port)
    import uvicorn

    from adexplain.server.app import create_app

    shown = f"[{host}]" if ":" in host else host
    print(
        f"adexplain is at http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C stops it)", flush=True
    )
    config = uvicorn.Config(
        create_app(), log_level="warning", timeout_graceful_shutdown=GRACE, server_header=False
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        raise InputError(*_refused(host, port, error)) from error


def _refused(host: str, port: int, error: Exception) -> tuple[str, None, str]:
    number = getattr(error, "errno", None)
    if isinstance(error, UnicodeError) or number in _NO_ADDRESS:
        return f"There is no address {host} on this machine.", None, "Try --host 127.0.0.1."
    if number == errno.EADDRINUSE:
        return f"Port {port} is in use already.", None, "Choose another: --port 8080, or --port 0."
    if number == errno.EACCES:
        return (
            f"This user may not listen at port {port}.",
            None,
            "Ports above 1023 are free to all.",
        )
    return f"{host}:{port} cannot be listened at: {error}.", None, "Try another --port."
