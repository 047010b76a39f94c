"""The HTTP server, with limits on its connections: idle or slow ones are closed, so that they never block new visitors.

waitress itself stops accepting connections when there are too many. This server accepts them, and closes those that
have kept it waiting the longest.
"""

from __future__ import annotations

import socket
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from dashboard.web.guesses import network

THREADS = 8
LEAST_THREADS = 4
"""Threads of the only process that serves, and of each of several: they compute one at a time."""

MAX_CONNECTIONS = 500
MAX_PER_ADDRESS = 100
"""Open connections, in all and from one address, of all processes that serve."""

IDLE_SECONDS = 30
"""How long a connection without a request stays open."""

REQUEST_SECONDS = 300
"""How long a visitor may take to send one request. An upload of 30 MB takes 40 seconds at 1 MB/s."""

CLEANUP_SECONDS = 5

HELD_BYTES = 1 << 30
"""Of an answer that its visitor reads slowly. It waits on disk, and no thread waits for it."""


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection. `began`: when the request began that has not arrived whole, None if there is none."""

    began: float | None = None

    def received(self, data: bytes) -> bool:
        """Take bytes of a request."""
        was_incomplete = self.request is not None
        done = bool(super().received(data))
        if self.request is None:
            self.began = None
        elif not was_incomplete or self.began is None:
            self.began = time.time()
        return done

    @property
    def waiting_since(self) -> float:
        """Since when the server has been waiting for this visitor."""
        return float(self.last_activity if self.began is None else self.began)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """A waitress server that closes the connections it has been waiting for the longest, where there are too many."""

    channel_class = Channel
    share = 1
    """How many processes serve: each has its share of the connections."""

    def handle_accept(self) -> None:
        """Accept a connection, and make room for it."""
        super().handle_accept()
        by_address: defaultdict[str, list[Channel]] = defaultdict(list)
        for channel in self._waiting():
            by_address[network(str(channel.addr[0]))].append(channel)
        for channels in by_address.values():
            _close(channels, len(channels) - MAX_PER_ADDRESS // self.share)
        still_open = sum(not one.will_close for one in self.active_channels.values())
        _close(list(self._waiting()), still_open - MAX_CONNECTIONS // self.share)

    def maintenance(self, now: float) -> None:
        """Close idle connections, and those that send their request too slowly."""
        super().maintenance(now)
        for channel in self._waiting():
            if channel.began is not None and channel.began < now - REQUEST_SECONDS:
                channel.will_close = True

    def _waiting(self) -> Iterator[Channel]:
        """Yield the connections that no thread is working for."""
        return (one for one in list(self.active_channels.values()) if not (one.requests or one.will_close))


def server(application: Any, listener: socket.socket, max_request_bytes: int, share: int = 1) -> Server:
    """Return a server for a WSGI application on a listening socket, one of several. Call `run` to serve."""
    adjustments = Adjustments(
        sockets=[listener],
        threads=THREADS if share == 1 else LEAST_THREADS,
        ident=None,
        max_request_body_size=max_request_bytes,
        connection_limit=MAX_CONNECTIONS + 100,  # never reached: `handle_accept` makes room before
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
        asyncore_use_poll=True,  # select() ends at 1,024 files
        outbuf_high_watermark=HELD_BYTES,
    )
    where = (listener.family, listener.type, listener.proto, listener.getsockname())
    made = Server(application, _sock=listener, adj=adjustments, bind_socket=False, sockinfo=where)
    made.share = share
    return made


def _close(channels: list[Channel], number: int) -> None:
    """Close so many of the channels, those first that have kept us waiting the longest."""
    for channel in sorted(channels, key=lambda one: one.waiting_since)[: max(0, number)]:
        channel.will_close = True  # the loop of waitress closes it
