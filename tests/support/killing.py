"""An ingest that is killed again and again: `python killing.py FOLDER KILLS DATABASE` (used by test_killed.py).

The processes that are killed are forks of this one, in which everything is loaded already, so that what is hit is the
ingest and not the start of Python. DATABASE has a {} for the number of the round, 0 for the undisturbed run. Every
round is killed until it comes to its end or there were as many kills. Prints what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from tracker.cli import ingest
from tracker.cli.main import main

ARTICLES = 2000
SEED = 20_261_126
PLACES = ("Homs", "Idlib", "Khartoum", "Gaza City", "Kharkiv", "Aden", "Goma", "Mekelle")
SOURCES = ("rescuers", "the health ministry", "the United Nations", "activists", "police", "the opposition")


def make_articles(path: Path, count: int = ARTICLES) -> None:
    """Small articles with one to three figures, of which some repeat others, and a few lines that are broken."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            if number % 400 == 399:
                file.write("{broken\n")
            file.write(json.dumps(_article(number, chance)) + "\n")


def _article(number: int, chance: random.Random) -> dict[str, str]:
    killed, hurt = chance.randrange(2, 900), chance.randrange(2, 900)
    place, source = chance.choice(PLACES), chance.choice(SOURCES)
    text = f"At least {killed} people were killed and {hurt} wounded in {place} on Monday, {source} said."
    if number % 7 == 0:
        text = "Air strikes killed 17 people in Homs, rescuers said. It was the third attack on the market this week."
    return {
        "id": f"a{number:05}",
        "title": f"{killed} dead in {place}" if number % 3 == 0 else f"Report {number}",
        "text": text,
        "published": f"2024-0{number % 9 + 1}-1{number % 10}",
        "url": f"https://paper.example/{number - 1 if number % 50 == 1 else number}",
        "language": "en",
    }


def run(articles: Path, database: str, seconds: float | None) -> bool:
    """Ingest in a process of its own, which is killed after so many seconds; whether it came to its end."""
    child = os.fork()
    if child == 0:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os._exit(main(["add", str(articles), "--db", database]))
    ended = os.pidfd_open(child)
    if not select.select([ended], [], [], seconds)[0]:
        signal.pidfd_send_signal(ended, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ended)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 1, f"exit code {os.WEXITSTATUS(status)}"  # the broken lines
    return True


def _moment(chance: random.Random, whole: float) -> float:
    """After how many seconds to kill: often enough within one ingest, late enough for some of it to be stored."""
    return chance.uniform(0, whole / 8)


def main_program(folder: Path, least: int, database: str) -> None:
    ingest.AT_A_TIME = 100  # small batches, so that kills hit between them as well
    articles = folder / "articles.jsonl"
    make_articles(articles)
    (folder / "one.md").write_text("At least 30 people were killed in Homs on Sunday, the opposition said.")
    main(["add", str(folder / "one.md"), "--db", str(folder / "warm.db")])  # everything is loaded now
    begun = time.monotonic()
    run(articles, database.format(0), None)
    whole = time.monotonic() - begun
    chance, kills = random.Random(SEED), []
    while sum(kills) < least:
        kills.append(0)
        while not run(articles, database.format(len(kills)), _moment(chance, whole) if sum(kills) < least else None):
            kills[-1] += 1
    print(json.dumps({"kills": kills, "seconds": round(time.monotonic() - begun, 1), "undisturbed": round(whole, 2)}))


if __name__ == "__main__":
    main_program(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
