"""Calls one function in a sandbox process, for input that a command reads piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from tracker.model import TrackerError
from tracker.sandbox.worker import OUT_OF_MEMORY, SECONDS, Channel, Worker, WorkerEndedError

Result = TypeVar("Result")


def call_in_sandbox(task: Callable[[], Result], seconds: float = SECONDS) -> Result:
    """Return what the function returns. It and its result must be picklable.

    Raises WorkerEndedError with the reason if it broke a limit of its process, crashed it, or failed; a TrackerError or
    ValueError of its own passes through.
    """
    worker = Worker(partial(_call, task), seconds)
    try:
        answer = worker.receive()
    finally:
        worker.kill()
    if isinstance(answer, Exception):
        raise answer
    result: Result = answer
    return result


def _call(task: Callable[[], object], channel: Channel) -> None:
    """The work of the process. Sends the result, or the error."""
    channel.start_clock()
    answer: object
    try:
        answer = task()
    except MemoryError:
        answer = WorkerEndedError(OUT_OF_MEMORY)
    except (TrackerError, ValueError) as error:
        answer = error
    except Exception as error:
        # Broad on purpose: the input is named with its error, and the others are read.
        answer = WorkerEndedError(f"cannot be read: {type(error).__name__}")
    channel.stop_clock()
    channel.send(answer)
