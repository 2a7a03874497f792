"""``adexplain serve``: runs the web server."""

from __future__ import annotations

import errno
import socket

from adexplain.errors import InputError

GRACE_SECONDS = 3
"""Time for open requests to finish when the server is stopped."""
_NO_ADDRESS = {errno.EADDRNOTAVAIL} | {
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)
}


def serve(host: str, port: int) -> None:
    """Serve until stopped; port 0 stands for any free port.

    Raises:
        InputError: the server cannot listen at this address.
    """
    listener = _listen(host, port)
    import uvicorn

    from adexplain.server.app import create_app

    shown = f"[{host}]" if ":" in host else host
    print(
        f"adexplain is at http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C stops it)", flush=True
    )
    config = uvicorn.Config(
        create_app(),
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        raise InputError(*_listen_error(host, port, error)) from error


def _listen_error(host: str, port: int, error: Exception) -> tuple[str, None, str]:
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
