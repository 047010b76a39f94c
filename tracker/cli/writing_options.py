"""The option of the commands that write a file."""

from __future__ import annotations

import argparse


def add_force(command: argparse.ArgumentParser) -> None:
    """Add --force; without it only files of the same kind are replaced (tracker.atomic)."""
    what = "replace an existing file of whatever kind"
    command.add_argument("--force", action="store_true", help=what)
