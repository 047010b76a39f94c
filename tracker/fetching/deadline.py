"""A time by which a fetch is over, however slowly the other side sends."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator


class Deadline:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left; 0.0 when it is over."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Raise TimeoutError when it is over: what was cut looks like a regular end to the one who reads."""
        if not self.left():
            raise TimeoutError

    @contextlib.contextmanager
    def cutting(self, connected: socket.socket | None) -> Iterator[None]:
        """While this lasts, the connection is cut when time is over.

        A timeout of a socket begins anew with each byte that comes in, so it does not end what is dripping.
        Call `check` afterwards.
        """
        timer = threading.Timer(self.left(), _cut, [connected])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _cut(connected: socket.socket | None) -> None:
    if connected is not None:
        with contextlib.suppress(OSError):  # it is closed already
            # not SSLSocket's own, which takes the encryption away under the thread that is reading
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
