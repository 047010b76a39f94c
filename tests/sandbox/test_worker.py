"""A process that works on text from outside: whatever happens in it, the one outside is told in words and goes on."""

from __future__ import annotations

import logging
import os
import re
import signal
import time
import warnings
from functools import partial

import pytest

from tracker.sandbox.worker import MEMORY_MB, OUT_OF_MEMORY, Worker, WorkerEndedError


def echo(channel):
    while True:
        channel.send(channel.receive())


def hang(channel):
    channel.start_clock()
    re.match(r"(?:a+)+$", "a" * 60 + "b")  # C code that looks at no signal and comes back after years


def wait(channel):
    channel.stop_clock()
    channel.receive()


def fill(channel):
    try:
        bytearray(2 * MEMORY_MB * 1_048_576)
    except MemoryError:
        channel.send(OUT_OF_MEMORY)


def end(number, channel):
    os.kill(os.getpid(), number)
    time.sleep(60)


def leave(channel):
    raise SystemExit(3)


def ending(work, **options):
    worker = Worker(work, **options)
    with pytest.raises(WorkerEndedError) as caught:
        worker.receive(600)
    return str(caught.value)


def test_what_goes_in_comes_out():
    worker = Worker(echo)
    for value in ("a", ["\udcff", None], "x" * 1_000_000):
        worker.send(value)
        assert worker.receive() == value
    worker.kill()
    with pytest.raises(WorkerEndedError):
        worker.send("b")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer that ends a process")
def test_code_that_never_comes_back_is_ended():
    worker = Worker(hang, seconds=1)
    with pytest.raises(WorkerEndedError, match=r"takes longer than 1 s: given up$"):
        worker.receive(600)
    assert worker._process.exitcode == -signal.SIGPROF, "the timer ended it, not the one who waited for it"


def test_where_there_is_no_timer_patience_ends_it():
    worker = Worker(wait, seconds=1)
    with pytest.raises(WorkerEndedError, match="takes longer than 1 s"):
        worker.receive(1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="memory is limited where the system can do that")
def test_memory_is_limited():
    worker = Worker(fill)
    assert worker.receive(60) == "needs more than 2,048 MB of memory"
    worker.kill()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (9, "the process that read it was killed, perhaps for want of memory"),
        (11, "crashed the process that read it (SIGSEGV)"),
        (6, "crashed the process that read it (SIGABRT)"),
    ],
)
def test_a_crash_is_told(number, words):
    assert ending(partial(end, number)) == words


def test_an_end_without_a_result_is_told():
    assert ending(leave) == "ended the process that read it (code 3)"


def chatter(channel):
    logging.getLogger("of a library").warning("\x1b[31mwords of the input")
    warnings.warn("\x1b[31mwords of the input", stacklevel=1)
    raise RuntimeError("\x1b[31mwords of the input")


def test_nothing_that_happens_in_it_is_printed(capfd):
    assert ending(chatter) == "ended the process that read it (code 1)"
    assert capfd.readouterr() == ("", "")
