"""The command line: parser, dispatch to the commands, and exit codes."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

# Slow imports (pandas, SQLAlchemy, rich, …) are inside the functions that need them, so that --help is fast.
from tracker import __version__
from tracker.atomic import is_full, why
from tracker.cli.maintenance import add_commands as add_keeping
from tracker.cli.reading_options import add_reading_options
from tracker.cli.writing_options import add_force
from tracker.model import Outcome, Scope, TrackerError
from tracker.terminal import Parser, say_lines, tell

DONE, SOME_FAILED, WRONG, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
FORMATS = ("table", "csv", "jsonl")
VIEWS = ("figures", "claims", "totals", "incidents", "disagreement", "says")

EXIT_CODES = "exit codes: 0 done; 1 done, but some articles failed; 2 the call or its input is wrong"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. An error is printed in one line on standard error."""
    _prepare_streams()
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(*arguments[:1]).parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except TrackerError as error:
        return _report_error(str(error))
    except KeyboardInterrupt:
        tell("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has ended (`tracker … | head`)
        _drop_output()
        return PIPE_CLOSED
    except OSError as error:
        _drop_output()
        name = error.filename or ("standard output" if is_full(error) else "")  # whose errors bear no name
        return _report_error(f"{name}: {why(error)}" if name else why(error))
    return code


def command() -> int:
    """Run the command that was called. The process ends behind it."""
    code = main()
    gc.freeze()  # else all that is still there would be searched for what nothing uses, before it is let go anyway
    return code


def _drop_output() -> None:
    """Discard unwritten output. Otherwise Python writes it at exit, fails again, and sets its own exit code."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_streams() -> None:
    """Make the standard streams safe to use: they may be closed, or unable to encode a character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123  (open to the end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _report_error(what: str) -> int:
    tell(f"tracker: {what}")
    return WRONG


def _parser(called: str = "") -> argparse.ArgumentParser:
    """The parser of the command that is called; of all commands if it is none of them."""
    parser = Parser(
        prog="tracker",
        description="Casualty figures out of news articles: who says so, when, where, in which words.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"tracker {__version__}", help="print the version")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, add in COMMANDS.items():
        if called == name or called not in COMMANDS:
            add(commands)
    if called not in COMMANDS:
        add_keeping(partial(_command, commands), _add_db, _add_jobs, _add_sources)
    return parser


def _add_extract(commands: Any) -> None:
    command = _command(commands, "extract", _extract, "print the figures of articles; nothing is stored")
    what = "files, folders, web addresses; - or none: standard input"
    command.add_argument("paths", nargs="*", metavar="PATH", help=what)
    _add_format(command, None, "default: table on a terminal, jsonl elsewhere")
    command.add_argument("--explain", action="store_true", help="show the rule that took each number, or why none did")
    _add_all_causes(command)
    _add_sources(command)
    _add_jobs(command)
    add_reading_options(command)
    cluster = command.add_argument_group("a whole archive", "by Dask, into Parquet files: docs/scale.md")
    cluster.add_argument("--cluster", metavar="ADDRESS", help="of a scheduler (tcp://host:8786); local: processes here")
    cluster.add_argument("-o", "--output", metavar="DIR", help="where to; what is finished there is not read again")


def _add_add(commands: Any) -> None:
    command = _command(commands, "add", _add, "read articles and tables of figures into the store; safe to repeat")
    command.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, web addresses; - is standard input")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    add_reading_options(command)
    _add_sources(command)
    _add_db(command)
    _add_jobs(command)


def _add_timeline(commands: Any) -> None:
    command = _command(commands, "timeline", _timeline, "print the figures in the store as a timeline")
    _add_format(command, "table", "default: table")
    _add_view(command)
    _add_figures(command)
    command.add_argument("--on", type=_date, metavar="DATE", help="the date of --view says; default: the last one")
    _add_filters(command)
    _add_db(command)


def _add_export(commands: Any) -> None:
    command = _command(commands, "export", _export, "write the timeline to a file, or as a data package")
    kinds = "its ending says how: .csv .jsonl .parquet .xlsx"
    command.add_argument("-o", "--output", metavar="FILE", help=kinds)
    command.add_argument("--hxl", action="store_true", help="with a row of HXL hashtags (.csv, .xlsx)")
    command.add_argument(
        "--package", metavar="DIR", help="a Frictionless data package: figures.csv and its description"
    )
    add_force(command)
    _add_view(command)
    _add_figures(command)
    _add_filters(command)
    _add_db(command)


def _add_compare(commands: Any) -> None:
    command = _command(commands, "compare", _compare, "lay the reported totals beside an official dataset")
    what = "UCDP GED or candidate events, ACLED, Tech for Palestine's Gaza casualties, or a table date,value"
    command.add_argument("--reference", required=True, metavar="FILE", help=what)
    command.add_argument("--plot", metavar="FILE.html", help="also draw them, in a page that needs no network")
    add_force(command)
    _add_format(command, "table", "default: table")
    _add_filters(command)
    _add_db(command)


def _add_evaluate(commands: Any) -> None:
    command = _command(commands, "evaluate", _evaluate, "measure the extraction against labelled articles")
    command.add_argument("gold", metavar="GOLD", help="labels, JSON Lines")
    command.add_argument(
        "--errors",
        nargs="?",
        const="figures",
        choices=("figures", "qualifier", "source", "date", "scope", "cause", "victims", "place"),
        metavar="OF",
        help="list each error in its sentence: figures missed or false, or those of an attribute (source, date, …)",
    )


def _add_watch(commands: Any) -> None:
    from tracker.cli.watch import add_parser, watch

    command = _command(commands, "watch", watch, "poll feeds, and read what is new in them into the store")
    add_parser(command)
    _add_sources(command)
    _add_db(command)


def _add_review(commands: Any) -> None:
    from tracker.cli.review import add_parser, review

    add_parser(_command(commands, "review", review, "list figures, accept, correct or reject them"), _add_db)


def _add_dashboard(commands: Any) -> None:
    command = _command(commands, "dashboard", _dashboard, "open the dashboard on 127.0.0.1")
    command.add_argument("--port", type=_port, metavar="N", help="default: 8050, or the next free one")
    command.add_argument("--sample", action="store_true", help="show the sample data, not the store")
    command.add_argument(
        "--reference", action="append", default=[], metavar="FILE", help="an official dataset to lay over the timeline"
    )
    command.add_argument("--no-browser", action="store_true", help="only print the address")
    for name, what in (
        ("host", "answer on another address than 127.0.0.1; a token is needed then: SECURITY.md"),
        ("name", "a name by which it is reached there"),
        ("token-file", "a file with the token; default: TRACKER_TOKEN"),
    ):
        command.add_argument(f"--{name}", metavar=name.upper(), help=what)
    command.add_argument("--insecure-no-auth", action="store_true", help="let everybody read without the token")
    _add_db(command)


COMMANDS = {
    "extract": _add_extract,
    "add": _add_add,
    "timeline": _add_timeline,
    "export": _add_export,
    "compare": _add_compare,
    "evaluate": _add_evaluate,
    "watch": _add_watch,
    "review": _add_review,
    "dashboard": _add_dashboard,
}
"""By the name of a command: adds its options. Those that look after a store are added together."""


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=what, description=f"{what}.", epilog=EXIT_CODES)
    command.set_defaults(run=run)
    return command


def _add_db(command: argparse.ArgumentParser) -> None:
    command.add_argument("--db", metavar="STORE", help="file or database URL; default: TRACKER_DB, else the user's own")


def _add_jobs(command: argparse.ArgumentParser) -> None:
    command.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="read articles in N processes")
    what = "what one article may take before it is given up and named; default: 10"
    command.add_argument("--seconds", type=_seconds, default=10.0, metavar="N", help=what)


def _add_format(command: argparse.ArgumentParser, default: str | None, what: str) -> None:
    command.add_argument("--format", choices=FORMATS, default=default, help=what)


def _add_all_causes(command: argparse.ArgumentParser) -> None:
    command.add_argument("--all-causes", action="store_true", help="also crime, accidents, disasters and disease")


def _add_view(command: argparse.ArgumentParser) -> None:
    what = "figures (default); what is made of them: claims, totals, incidents, disagreement; says: who says what"
    command.add_argument("--view", choices=VIEWS, default=VIEWS[0], help=what)


def _add_sources(command: argparse.ArgumentParser) -> None:
    what = "your own names for sources and publishers, in TOML: docs/timeline.md"
    command.add_argument("--sources", metavar="FILE", help=what)


def _add_figures(command: argparse.ArgumentParser) -> None:
    what = "instead of the store: a folder of Parquet files (extract --cluster), read conflict by conflict"
    command.add_argument("--figures", metavar="DIR", help=what)


def _add_filters(command: argparse.ArgumentParser) -> None:
    _add_sources(command)
    command.add_argument(
        "--convention", metavar="NAME", help="for low, best and high: ucdp (default), acled or verbatim"
    )
    filters = command.add_argument_group("filters", "several words: separated by commas, or by repeating the option")
    for name, allowed, what in (
        ("conflict", None, "ids in the conflict registry (syria, sudan, …)"),
        ("outcome", Outcome, ", ".join(Outcome)),
        ("source", None, "names or types of sources (un, government, …)"),
        ("scope", Scope, ", ".join(Scope)),
        ("country", None, "three letters of ISO 3166-1 (SYR, SDN, …)"),
        ("publisher", None, "names of publishers"),
    ):
        options: dict[str, Any] = {"type": _words(allowed), "default": [], "metavar": "WORD", "help": what}
        filters.add_argument(f"--{name}", action="extend", **options)
    filters.add_argument("--since", type=_date, metavar="DATE", help="2012, 2012-03 or 2012-03-26; included")
    filters.add_argument("--until", type=_date, metavar="DATE", help="the same; included")
    _add_all_causes(command)


def _words(allowed: type[StrEnum] | None) -> Callable[[str], list[str]]:
    """Return a parser for words separated by commas. With `allowed`, each word must be one of its values."""

    def read(text: str) -> list[str]:
        words = [word.strip() for word in text.split(",") if word.strip()]
        for word in words:
            if allowed is not None and word.casefold() not in set(allowed):
                raise argparse.ArgumentTypeError(f"{word!r} is none of {', '.join(allowed)}")
        return words

    return read


def _date(text: str) -> str:
    from tracker.timelines.filters import check_date

    try:
        return check_date(text)
    except TrackerError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 256")
    return int(text)


def _seconds(text: str) -> float:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 1 to 86400")
    return float(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return int(text)


def _extract(options: argparse.Namespace) -> int:
    if options.cluster:
        if options.map or options.fetch:
            raise TrackerError("--map and --fetch are not for --cluster")
        from tracker.cli.cluster import extract_on_cluster

        return extract_on_cluster(_paths(options.paths), options)
    if options.output:
        raise TrackerError("-o is for --cluster; elsewhere the figures are printed: `tracker extract PATH > FILE`")
    if options.explain:
        from tracker.cli.explain import explain

        return explain(_paths(options.paths), options)
    from tracker.cli.articles import extract

    return extract(_paths(options.paths), options)


def _add(options: argparse.Namespace) -> int:
    from tracker.cli.ingest import add

    return add(options.paths, options)


def _timeline(options: argparse.Namespace) -> int:
    from tracker.cli.timeline import timeline

    return timeline(options)


def _export(options: argparse.Namespace) -> int:
    from tracker.cli.export import export

    return export(options)


def _compare(options: argparse.Namespace) -> int:
    from tracker.cli.compare import compare_command

    return compare_command(options)


def _evaluate(options: argparse.Namespace) -> int:
    from tracker.evaluation import report

    say_lines(report(options.gold, errors=options.errors))
    return DONE


def _dashboard(options: argparse.Namespace) -> int:
    """Replace this process by the dashboard. It is a separate program that the tracker does not import."""
    from tracker.knowledge.files import clone

    values = [("--db", options.db), ("--port", options.port)]
    values += [("--host", options.host), ("--name", options.name), ("--token-file", options.token_file)]
    flags = [("--sample", options.sample), ("--no-browser", options.no_browser)]
    flags += [("--insecure-no-auth", options.insecure_no_auth)]
    command = [sys.executable, "-P", "-m", "dashboard"]
    command += [part for name, value in values if value is not None for part in (name, str(value))]
    command += [name for name, is_set in flags if is_set]
    command += [part for path in options.reference for part in ("--reference", path)]
    # `-P` keeps what lies in the working folder out of it; a clone need not be installed, so its folder is named
    folders = [str(clone() or ""), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, folders))}
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)  # noqa: S606  (our own interpreter, no shell)


def _paths(paths: list[str]) -> list[str]:
    if not paths and sys.stdin.isatty():
        raise TrackerError("name files or folders to read, or - for standard input")
    return paths or ["-"]
