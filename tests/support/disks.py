"""Small disks of their own, for tests of what happens when one is full or read-only."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def mounted(folder, *options):
    """A small disk at the folder, while this lasts; it can be mounted again with other options."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk, and not everywhere")
    try:
        yield lambda *new: subprocess.run(["mount", "-o", ",".join(["remount", *new]), str(folder)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(folder):
    """Take all that is left of a disk."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
