"""Listen on a port until told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from kg.errors import InputError
from kg.serve.app import Settings, application


def listen(
    settings: Settings, host: str, port: int, ready: Callable[[str], None] = lambda _: None
) -> None:
    """Serve until Ctrl-C or SIGTERM, which end it without a complaint.

    ``ready`` hears the address when the port is taken. Raises InputError if it is not free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        taken = socket.create_server((host, port), family=family)
    except OSError as error:
        raise InputError(
            f"{host}:{port} cannot be listened on: {error.strerror}; choose another --port"
        ) from error
    with taken:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{taken.getsockname()[1]}/")
        config = uvicorn.Config(
            application(settings),
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        _Server(config).run(sockets=[taken])


class _Server(uvicorn.Server):
    """Uvicorn would raise the signal again that it was ended by."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {
            sign: signal.signal(sign, self.handle_exit) for sign in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)
