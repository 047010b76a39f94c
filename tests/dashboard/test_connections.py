"""The server with many connections that send nothing, or little: who comes after them is answered."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, contextmanager

import pytest
from waiting import LONG_WAIT, until

from dashboard.web import connections
from dashboard.web.connections import IDLE_SECONDS, MAX_CONNECTIONS, MAX_PER_ADDRESS, REQUEST_SECONDS, server
from dashboard.web.server import listening

REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def application(_environ, start):
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


@pytest.fixture
def running():
    """A server that runs in a thread, and its port."""
    with listening(0) as listener:
        http = server(application, listener, 1_000)
        thread = threading.Thread(target=http.run, daemon=True)
        thread.start()
        yield http, listener.getsockname()[1]
        http.asyncore.close_all(http._map)
        http.task_dispatcher.shutdown()


@contextmanager
def connected(port, address="127.0.0.1", sent=b""):
    with socket.create_connection(("127.0.0.1", port), 60, source_address=(address, 0)) as one:
        if sent:
            one.sendall(sent)
        yield one


def answer(port, address):
    with connected(port, address, REQUEST) as one:
        return b"".join(iter(lambda: one.recv(1_000), b""))


@pytest.mark.parametrize("said", [b"", REQUEST[:-2], b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nx"])
@pytest.mark.parametrize("visitor", ["127.0.0.1", "127.0.0.2"])
def test_idle_connections_of_one_address_block_nobody(running, said, visitor):
    http, port = running
    with ExitStack() as stack:
        for _ in range(MAX_PER_ADDRESS + 60):
            stack.enter_context(connected(port, sent=said))
        assert answer(port, visitor).endswith(b"hello")
        until(lambda: len(http.active_channels) <= MAX_PER_ADDRESS, "the rest is not closed")


def test_idle_connections_of_many_addresses_block_nobody(running, monkeypatch):
    http, port = running
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 150)
    with ExitStack() as stack:
        for number in range(300):
            stack.enter_context(connected(port, f"127.0.0.{3 + number % 10}"))
        assert answer(port, "127.0.0.2").endswith(b"hello")
        until(lambda: len(http.active_channels) <= 150, "the oldest are not closed")
    assert MAX_CONNECTIONS < 1_000  # files that a process may have open, as systems set it


def test_what_waited_longest_is_closed_first(running, monkeypatch):
    http, port = running
    monkeypatch.setattr(connections, "MAX_PER_ADDRESS", 2)
    with connected(port) as first, connected(port) as second:
        until(lambda: len(http.active_channels) == 2, "they are not both open")
        with connected(port) as third:
            assert first.recv(1) == b""
            for one in (second, third):
                one.sendall(REQUEST)
                assert one.recv(100).startswith(b"HTTP/1.1 200")


def test_idle_and_slow_visitors_are_let_go(running):
    http, port = running
    with connected(port) as idle, connected(port, sent=REQUEST[:-2]) as slow:
        until(lambda: sum(one.began is not None for one in http.active_channels.values()) == 1, "none has begun")
        (sending,) = [one for one in http.active_channels.values() if one.began is not None]
        http.maintenance(time.time() + IDLE_SECONDS + 1)
        assert idle.recv(1) == b""
        # a visitor who drips is never idle, and has to end all the same
        sending.will_close = False
        sending.last_activity = sending.began + REQUEST_SECONDS
        http.maintenance(sending.began + REQUEST_SECONDS - 1)
        assert not sending.will_close
        http.maintenance(sending.began + REQUEST_SECONDS + 1)
        http.pull_trigger()
        assert slow.recv(1) == b""


def test_visitors_who_do_not_read_hold_no_thread():
    """Each answer is longer than what waitress keeps before it lets the thread wait for the visitor."""
    done = threading.Semaphore(0)

    def long(_environ, start):
        start("200 OK", [("Content-Type", "text/plain")])
        for _ in range(40):
            yield b"x" * 1_000_000
        done.release()

    with listening(0) as listener:
        http = server(long, listener, 1_000)
        threading.Thread(target=http.run, daemon=True).start()
        with ExitStack() as stack:
            for _ in range(connections.THREADS + 2):
                stack.enter_context(connected(listener.getsockname()[1], sent=REQUEST))
            for _ in range(connections.THREADS + 2):
                assert done.acquire(timeout=LONG_WAIT)
        http.asyncore.close_all(http._map)
        http.task_dispatcher.shutdown()
