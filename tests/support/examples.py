"""How many examples hypothesis makes: `make quick` has it make fewer."""

from __future__ import annotations

from hypothesis import settings

FULL = settings.get_profile("default").max_examples


def examples(number: int) -> int:
    """So many in a full run, in proportion fewer where the profile asks for fewer (`--hypothesis-profile quick`)."""
    return max(1, number * settings().max_examples // FULL)
