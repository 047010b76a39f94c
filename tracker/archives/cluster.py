"""Extraction from a partitioned corpus with Dask: each partition becomes one Parquet file.

A worker needs the installed tracker, the corpus and the folder of results, and keeps no state. A finished partition is
a file in the folder. So an interrupted run continues where it stopped, and a lost worker costs only the partitions
that it was reading.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tracker.archives.corpus import Partition, read_partition
from tracker.atomic import Target, replacing
from tracker.knowledge import Publishers, load_publishers
from tracker.knowledge.rules import rules_id
from tracker.model import Article, Assigned, Cause, Figure, InputError, TrackerError
from tracker.sources.items import Reading

if TYPE_CHECKING:
    from dask.distributed import Client, Future

LOCAL = "local"
AHEAD = 3  # partitions per worker thread that the scheduler holds, because a corpus may have a million
RETRIES = 2  # times that a partition is given to another worker after one failed
FIGURES_AT_ONCE = 50_000  # figures in memory, and in a row group
RULES = "_rules.json"
FAILURES = "failures"


@dataclass(frozen=True, slots=True)
class Done:
    """The result of one partition: how many articles were read and failed, and how many figures were found."""

    partition: Partition
    articles: int = 0
    failed: int = 0
    figures: int = 0
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where to run: the address of a scheduler ("tcp://host:8786"), or LOCAL for `jobs` processes on this machine."""

    scheduler: str
    jobs: int = 1


def run(
    parts: Sequence[Partition], folder: str, where: Where, causes: Sequence[Cause], tell: Callable[[str], None]
) -> Iterator[Done]:
    """Read the partitions that are not finished, and yield the result of each as it ends.

    `causes` are the wanted ones, () for all. `tell` is called with the address of Dask's own dashboard, which shows
    progress. TrackerError where the scheduler does not answer, or the folder holds figures that other rules found.
    """
    filesystem, path = _folder(folder)
    folder = filesystem.unstrip_protocol(path)  # a worker has a working folder of its own, so the path must be absolute
    _check_rules(folder, causes)
    finished = finished_in(folder)
    waiting = [one for one in parts if one.name not in finished]
    if waiting:
        with _client(where) as client:
            tell(client.dashboard_link)
            yield from _each(client, iter(waiting), folder, causes)


def finished_in(folder: str) -> set[str]:
    """The names of the partitions whose figures are in a folder."""
    filesystem, path = _folder(folder)
    return {str(name).rpartition("/")[2].removesuffix(".parquet") for name in filesystem.glob(f"{path}/*.parquet")}


def extract_partition(part: Partition, folder: str, causes: Sequence[Cause], rules: str) -> Done:
    """Read one partition and write its figures to the folder. Workers run this function."""
    if rules != rules_id():
        raise TrackerError("the tracker of a worker has other rules than the one that sent it work: install the same")
    articles = wanted = 0
    failures: list[str] = []

    def figures() -> Iterator[Figure]:
        nonlocal articles, wanted
        for item in read_partition(part):
            found = _found(_publishers().named(item.article)) if isinstance(item, Reading) else item
            if isinstance(found, list):
                articles += 1
                for one in found:
                    if not causes or one.figure.cause in causes:
                        wanted += 1
                        yield one.figure
            elif isinstance(found, InputError):
                failures.append(str(found))

    with _written(folder, f"{part.name}.parquet") as stream:
        _write(figures(), stream)
        _write_failures(failures, part, folder)  # before the partition counts as finished
    return Done(part, articles, len(failures), wanted)


@cache
def _reader() -> Any:
    from tracker.reader import load_reader

    return load_reader()


@cache
def _publishers() -> Publishers:
    return load_publishers()


def _found(article: Article) -> list[Assigned] | InputError:
    try:
        found: list[Assigned] = _reader().assigned(article)
    except Exception as error:  # one article that breaks a rule must not stop the others
        return InputError(article.id, f"cannot be read: {type(error).__name__}: {error}")
    return found


@contextmanager
def _written(folder: str, name: str) -> Iterator[IO[bytes]]:
    """Write a file of a folder, which may be remote. It appears when it is complete."""
    filesystem, path = _folder(folder)
    if isinstance(filesystem.protocol, tuple) and "file" in filesystem.protocol:
        target = Target(Path(path) / name, "a file of `tracker extract --cluster`", lambda _: True)
        with replacing(target) as unfinished, unfinished.open("wb") as stream:
            yield stream
        return
    place = f"{path}/.{name}.{uuid.uuid4().hex}"
    try:
        with filesystem.open(place, "wb") as stream:
            yield stream
        filesystem.mv(place, f"{path}/{name}")
    finally:
        if filesystem.exists(place):
            filesystem.rm(place)


def _write(figures: Iterator[Figure], stream: IO[bytes]) -> None:
    """Write the figures as Parquet; each row group is sorted by conflict."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from tracker.timelines.columns import frame

    schema = pa.Schema.from_pandas(frame([]), preserve_index=False)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while some := list(islice(figures, FIGURES_AT_ONCE)):
            for _, rows in frame(some).groupby("conflict", dropna=False, sort=True):
                writer.write_table(pa.Table.from_pandas(rows, schema=schema, preserve_index=False))


def _write_failures(failures: Iterable[str], part: Partition, folder: str) -> None:
    lines = [json.dumps({"partition": str(part), "failure": one}) for one in failures]
    if lines:
        filesystem, path = _folder(folder)
        filesystem.makedirs(f"{path}/{FAILURES}", exist_ok=True)
        with _written(f"{folder.rstrip('/')}/{FAILURES}", f"{part.name}.jsonl") as stream:
            stream.write(("\n".join(lines) + "\n").encode())


def _each(client: Client, waiting: Iterator[Partition], folder: str, causes: Sequence[Cause]) -> Iterator[Done]:
    """The results of all partitions; the scheduler never holds more than a few per worker."""
    from dask.distributed import as_completed

    given: dict[Any, Partition] = {}

    def give(count: int) -> list[Future[Done]]:
        futures = []
        for part in islice(waiting, count):
            future = client.submit(
                extract_partition, part, folder, tuple(causes), rules_id(), key=part.name, retries=RETRIES, pure=False
            )
            given[future.key] = part
            futures.append(future)
        return futures

    running = as_completed(give(AHEAD * max(1, sum(client.nthreads().values()))))
    for future in running:
        part = given.pop(future.key)
        error = future.exception()
        yield Done(part, broken=_reason(error)) if error else future.result()
        for more in give(1):
            running.add(more)


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}".rstrip(": ")


@contextmanager
def _client(where: Where) -> Iterator[Client]:
    try:
        from dask.distributed import Client, LocalCluster
    except ImportError:
        raise TrackerError("--cluster needs Dask: pip install 'casualty-tracker[cluster]'") from None
    if where.scheduler == LOCAL:
        # A worker that is told to end may still beat: Dask calls that an error, with a traceback.
        local = LocalCluster(
            n_workers=where.jobs,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
        with local, Client(local) as client:
            yield client
        return
    try:
        client = Client(where.scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise TrackerError(f"{where.scheduler}: no scheduler answers ({_reason(error)})") from error
    with client:
        yield client


def _check_rules(folder: str, causes: Sequence[Cause]) -> None:
    """Record the rules in the folder; TrackerError where it holds figures that other rules found."""
    filesystem, path = _folder(folder)
    asked = {"rules": rules_id(), "causes": sorted(causes)}
    try:
        filesystem.makedirs(path, exist_ok=True)
        if filesystem.exists(f"{path}/{RULES}"):
            if json.loads(filesystem.cat_file(f"{path}/{RULES}")) != asked:
                raise TrackerError(f"{folder}: holds figures found by other rules: name another folder, or remove it")
        else:
            with _written(folder, RULES) as stream:
                stream.write(json.dumps(asked).encode())
    except (OSError, ValueError) as error:
        raise TrackerError(f"{folder}: cannot be written: {error}") from error


def _folder(folder: str) -> tuple[Any, str]:
    import fsspec

    try:
        filesystem, path = fsspec.core.url_to_fs(folder)
    except (ImportError, ValueError) as error:
        raise TrackerError(f"{folder}: cannot be reached: {error}") from error
    return filesystem, path.rstrip("/")
