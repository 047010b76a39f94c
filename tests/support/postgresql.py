"""A real PostgreSQL for tests: a server of their own on a socket of its own, gone when they are done."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

OWNER = "postgres"  # the server refuses to run as root
QUICK = "-c fsync=off -c full_page_writes=off -c listen_addresses="  # what a crash of the machine would lose is no loss


def programs() -> Path | None:
    """The folder of the server's programs, the newest there is; None where it is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in folders), key=lambda path: float(path.parent.name), default=None)


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """A server that is running, as the URL of a database in it."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgresql-"))  # short: it holds a socket
    as_owner = {"user": OWNER, "group": OWNER} if os.geteuid() == 0 else {}
    if as_owner:
        shutil.chown(folder, OWNER, OWNER)

    def run(program: str, *arguments: str) -> None:
        command = [str(bin_folder / program), "-D", str(folder / "data"), *arguments]
        done = subprocess.run(command, cwd=folder, stdout=log, stderr=log, timeout=120, **as_owner)
        if done.returncode:
            raise RuntimeError(f"{program}: {(folder / 'log').read_text(errors='replace')[-2000:]}")

    with (folder / "log").open("wb") as log:
        try:
            run("initdb", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
            run("pg_ctl", "-w", "-t", "60", "-o", f"{QUICK} -k {folder}", "start")
            with _ending_with_us([str(bin_folder / "pg_ctl"), str(folder)], as_owner):
                yield f"postgresql+psycopg://{OWNER}@/postgres?host={folder}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _ending_with_us(names: list[str], as_owner: dict[str, str]) -> Iterator[None]:
    """Stop the server at the end, and also where this process is killed: then nobody holds the pipe any more."""
    stop = 'read -r line; "$0" -D "$1/data" -m immediate stop >/dev/null; rm -rf "$1"'
    with subprocess.Popen(
        ["sh", "-c", stop, *names], stdin=subprocess.PIPE, cwd="/", start_new_session=True, **as_owner
    ) as watcher:
        yield
        watcher.communicate(timeout=60)


def emptied(url: str) -> str:
    """The same database with nothing in it."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return url
