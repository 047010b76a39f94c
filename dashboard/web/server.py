"""The server of the dashboard: options, store, port, and shutdown."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import signal
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib import resources
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from tracker.model import InputError, TrackerError
from tracker.store.store import Entry, Store
from tracker.terminal import LogHandler, Parser, say, tell

if TYPE_CHECKING:
    import sqlalchemy as sa
    from dash import Dash
    from flask import Flask

    from dashboard.view.data import Data
    from dashboard.web.security import Guard
    from tracker.reference.series import Reference

HOST = "127.0.0.1"
FIRST_PORT = 8050
TRIES = 100
MOST_PROCESSES = 64
WRONG = 2


MakeApp = Callable[["Data"], "Dash"]
"""Creates the app: `dashboard.app.app_on`."""


def main(make_app: MakeApp, arguments: Sequence[str] | None = None) -> int:
    """Serve the app until interrupted. Returns exit code 0, or 2 if the call or the store is wrong."""
    options = _options(arguments)
    logging.basicConfig(handlers=[LogHandler()], format="%(name)s: %(message)s")
    logging.captureWarnings(capture=True)
    try:
        with ExitStack() as stack:
            return _serve(make_app, options, stack)
    except TrackerError as error:
        tell(f"dashboard: {error}")
        return WRONG
    except (KeyboardInterrupt, SystemExit):
        return 0


def end_on_signals() -> None:
    """End this process on SIGINT and SIGTERM without a traceback."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)


def _serve(make_app: MakeApp, options: argparse.Namespace, stack: ExitStack) -> int:
    from dashboard.view.data import Data
    from dashboard.web import processes
    from dashboard.web.security import guard_for, protect, read_token

    token = read_token(options.token_file) if options.token_file else os.environ.get("TRACKER_TOKEN") or None
    guard = guard_for(options.host, token, is_open=options.insecure_no_auth, names=options.name)
    references = [_reference(path) for path in options.reference]
    number = options.processes or processes.usual_number()
    if number > 1 and not processes.can_fork():
        raise TrackerError("--processes: on this system there is one")
    listener = stack.enter_context(listening(options.port, options.host))
    store, own = _stores(options, stack)
    data = Data(store, options.sample or own is not None, references, own=own)
    engines = [one.engine for one in (store, own) if one is not None]
    keeper = processes.Keeper.at(Path(stack.enter_context(_folder()))) if number > 1 else None
    if keeper is not None:
        guard, data.readings = replace(guard, guesses=keeper.guesses), keeper.intakes
    app = make_app(data)
    protect(app, guard)
    tell_address = partial(_tell_address, options, listener)
    worker = _Worker(data, app.server, guard, engines, listener)
    if keeper is None:
        tell_address()
        worker.run()
        return 0
    for engine in engines:
        engine.dispose()  # no connection goes along into another process
    workers = [partial(worker.run, place, number) for place in range(number)]
    processes.run_all([partial(keeper.run, own or store), *workers], tell_address)
    return 0


@dataclass(frozen=True, slots=True)
class _Worker:
    """What one process serves: the data, the app, who may do what, the engines of the stores, and the socket."""

    data: Data
    app: Flask
    guard: Guard
    engines: Sequence[sa.Engine]
    listener: socket.socket

    def run(self, place: int = 0, of: int = 1) -> None:
        """Answer until this process is ended. It is one of several that do."""
        from dashboard.web.connections import server
        from dashboard.web.security import MAX_BYTES, refuse_writes

        # a page sends more requests at once than there are threads
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        refuse_writes(self.guard, self.engines)
        self.data.keeps = place == 0
        threading.Thread(target=_warm, args=(self.data,), daemon=True).start()
        server(self.app, self.listener, MAX_BYTES, of).run()


def _warm(data: Data) -> None:
    """Compute what the first pages and the first search need, so that the first visitor need not wait.

    Errors of the store are ignored here: whoever asks for a page gets them.
    """
    from dashboard.view.selection import prepare

    with suppress(TrackerError):
        data.warm()
        prepare(data)


def _tell_address(options: argparse.Namespace, listener: socket.socket) -> None:
    shown = f"[{options.host}]" if ":" in options.host else options.host
    address = f"http://{shown}:{listener.getsockname()[1]}"
    say(f"The dashboard is at {address} (end it with Ctrl-C)")
    if not options.no_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that ends with the server."""
    return tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True)


def listening(wanted: int, host: str = HOST) -> socket.socket:
    """Return a listening socket on the wanted port or the next free one. Another port is reported on stderr.

    Raises TrackerError if the machine does not have the address or no port is free.
    """
    family = _family(host, wanted)
    for port in range(wanted, min(wanted + TRIES, 65_536)):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRNOTAVAIL:
                raise TrackerError(f"{host} is no address of this machine") from error
            continue
        if port != wanted and wanted:
            tell(f"dashboard: port {wanted} is taken, using {port}")
        return listener
    raise TrackerError(f"none of the ports {wanted} to {wanted + TRIES - 1} is free")


def _family(host: str, port: int) -> socket.AddressFamily:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
    except (OSError, UnicodeError) as error:
        raise TrackerError(f"{host!r} is no address of this machine") from error


def add_samples(store: Store) -> None:
    """Add the sample articles and their figures to a store."""
    from tracker.knowledge import load_publishers
    from tracker.knowledge.files import data_folder
    from tracker.reader import load_reader
    from tracker.sources import read_paths

    reader = load_reader()
    with resources.as_file(data_folder() / "samples") as folder:
        articles = list(read_paths([folder]))
    publishers, entries = load_publishers(), []
    for article in articles:
        if isinstance(article, InputError):
            raise article
        named = publishers.named(article)
        entries.append(Entry.of(named, reader.assigned(named), "sample"))
    store.add_many(entries)


def _stores(options: argparse.Namespace, stack: ExitStack) -> tuple[Store, Store | None]:
    """Return the store to show; and the user's own if it is empty, so that the samples are shown until it is not."""
    own = None
    if options.db or not options.sample:
        store = stack.enter_context(Store.open(options.db))
        if store.count_articles():
            return store, None
        if options.sample:
            add_samples(store)
            return store, None
        own = store
        tell(f"dashboard: the store {store.name} is empty: showing the sample data until something is added to it")
    folder = Path(stack.enter_context(_folder()))
    samples = stack.enter_context(Store.open(folder / "samples.db"))
    add_samples(samples)
    return samples, own


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(prog="dashboard", description="Serve the dashboard on this machine.")
    parser.add_argument("--db", metavar="STORE", help="file or database URL; default: TRACKER_DB, else the user's own")
    parser.add_argument(
        "--port", type=_port, default=FIRST_PORT, metavar="N", help="default: 8050, or the next free one"
    )
    parser.add_argument("--sample", action="store_true", help="show the sample data, not the store")
    parser.add_argument(
        "--reference",
        action="append",
        default=[],
        metavar="FILE",
        help="an official dataset to lay over the timeline (docs/reference.md); may be given several times",
    )
    parser.add_argument(
        "--processes",
        type=_number,
        default=0,
        metavar="N",
        help="how many answer at the same time; default: one for each core, at most 4",
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    others = parser.add_argument_group("for other machines", "read SECURITY.md first")
    others.add_argument("--host", default=HOST, metavar="ADDRESS", help="answer on this address; default: 127.0.0.1")
    others.add_argument("--name", action="append", default=[], help="a name by which it is reached, besides addresses")
    others.add_argument("--token-file", metavar="FILE", help="holds the token that opens it; default: TRACKER_TOKEN")
    others.add_argument("--insecure-no-auth", action="store_true", help="everybody may read; writing needs the token")
    return parser.parse_args(arguments)


def _reference(path: str) -> Reference:
    """Read an official dataset, and report the rows that could not be read."""
    from tracker.reference.reading import read_reference

    known = read_reference(path)
    for problem in known.problems:
        tell(f"dashboard: {problem}")
    if known.skipped > len(known.problems):
        tell(f"dashboard: {path}: {known.skipped:,} rows could not be read in all")
    return known


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PROCESSES:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes (1 to {MOST_PROCESSES})")


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
