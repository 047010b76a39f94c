"""A web server of the tests' own, on a free port of this machine: what it answers is written in the test."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from waiting import LONG_WAIT

Page = str | bytes | Callable[[BaseHTTPRequestHandler], None]
"""What an address answers: a page, or what writes an answer to the handler of the request."""


@dataclass
class Site:
    """The site: its address, its pages by path, and the requests that came in, as (path, headers)."""

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def answer(body: str | bytes = b"", status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """A page with a status and headers: `content_type="text/html"` is Content-Type."""
    content = body.encode() if isinstance(body, str) else body

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-").title(), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return write


def redirect(location: str, status: int = 302) -> Callable[[BaseHTTPRequestHandler], None]:
    return answer(status=status, location=location)


def raw(sent: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Just these bytes, and the end."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(sent)
        handler.close_connection = True

    return write


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers.items())))
        page = self.site.pages.get(self.path, self.site.pages.get(self.path.partition("?")[0]))
        if page is None:
            page = answer("nothing here", 404)
        elif not callable(page):
            page = answer(page, content_type="text/html; charset=utf-8")
        with contextlib.suppress(ConnectionError):
            page(self)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(pages: Mapping[str, Page] | None = None, context=None) -> Iterator[Site]:
    """A site that serves these pages until the end; with TLS where an SSL context is given."""
    site = Site(pages=dict(pages or {}))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.url = f"http{'s' if context else ''}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(LONG_WAIT)
