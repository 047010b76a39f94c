"""One function in a process of its own: its result, or one line that says why there is none."""

from __future__ import annotations

import os
import signal
from functools import partial

import pytest

from tracker.model import InputError
from tracker.sandbox.calling import call_in_sandbox
from tracker.sandbox.worker import WorkerEndedError


def hang():
    while True:
        pass


def fill():
    return len(b"x" * 3_000_000_000)


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def wrong(error):
    raise error


def test_the_result_comes_back():
    assert call_in_sandbox(partial(sum, range(10))) == 45
    assert call_in_sandbox(os.getpid) != os.getpid()


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (hang, "takes longer than 1 s: given up"),
        (fill, "needs more than 2,048 MB of memory"),
        (crash, "crashed the process that read it (SIGSEGV)"),
        (partial(wrong, KeyError("secret")), "cannot be read: KeyError"),
    ],
)
def test_what_ends_the_process_is_told(task, why):
    with pytest.raises(WorkerEndedError) as ended:
        call_in_sandbox(task, seconds=1)
    assert str(ended.value) == why


@pytest.mark.parametrize("error", [InputError("a.txt", "is empty"), ValueError("is no feed")])
def test_errors_that_name_the_input_pass_through(error):
    with pytest.raises(type(error)) as raised:
        call_in_sandbox(partial(wrong, error))
    assert str(raised.value) == str(error)
