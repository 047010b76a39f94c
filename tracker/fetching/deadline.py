"""Deadlines: a fetch ends in time, however slowly the server sends."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator


class Deadline:
    """A deadline some seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left; 0.0 after the deadline."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Raise TimeoutError after the deadline, because a cut connection looks like a normal end to its reader."""
        if not self.left():
            raise TimeoutError

    @contextlib.contextmanager
    def cutting(self, connected: socket.socket | None) -> Iterator[None]:
        """A context in which the connection is closed at the deadline.

        The timeout of a socket starts again with each byte, so it does not end a slow trickle. Call `check` afterwards.
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
            # not SSLSocket.shutdown, which would remove the encryption while another thread is reading
            socket.socket.shutdown(connected, socket.SHUT_RDWR)
