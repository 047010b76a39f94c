"""`tracker extract --cluster`: reads a corpus on a Dask cluster into a folder of Parquet files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tracker.model import Cause, TrackerError
from tracker.terminal import say, tell

DONE, SOME_FAILED, ALL_FAILED = 0, 1, 2


def extract_on_cluster(places: Sequence[str], options: argparse.Namespace) -> int:
    """Read the corpus and write its figures. Returns exit code 1 if some articles or partitions failed."""
    from tracker.archives.cluster import Where, finished_in, run
    from tracker.archives.corpus import partitions

    if not options.output:
        raise TrackerError("--cluster writes a folder of Parquet files: name it with -o DIR")
    if options.sources:
        raise TrackerError("--sources is for reading the folder: `tracker timeline --figures DIR --sources FILE`")
    parts = partitions(places)
    before = len({one.name for one in parts} & finished_in(options.output))
    if before:
        tell(f"note: {before} of {len(parts)} partitions are finished, and not read again")
    articles = failed = figures = broken = 0
    causes = () if options.all_causes else (Cause.CONFLICT,)
    where = Where(options.cluster, options.jobs)
    for done in run(parts, options.output, where, causes, lambda link: tell(f"progress: {link}")):
        articles, failed, figures = articles + done.articles, failed + done.failed, figures + done.figures
        if done.broken:
            broken += 1
            tell(f"{done.partition}: {done.broken}")
        elif done.failed:
            tell(f"{done.partition}: {done.failed} of {done.articles + done.failed} articles cannot be read")
    told = f"{figures} figures in {articles} articles of {len(parts) - before - broken} partitions; failed {failed}"
    say(told + (f"; {broken} partitions broken: call again to try them once more" if broken else ""))
    return SOME_FAILED if failed or broken else DONE
