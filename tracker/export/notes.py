"""What must be said beside every export: what the figures are, and what they are not."""

from __future__ import annotations

NOTES: tuple[str, ...] = (
    "These figures are reported, not verified: each row says who reported what, and in which words.",
    "value is the number that the words state; low, best and high are the bounds that they leave, by the convention "
    '"verbatim": at least 17 gives low 17, best 17 and an open high; up to 70 an open low, best 70 and high 70; '
    "20 to 30 low 20, high 30 and no best; vague words (dozens) no numbers.",
    "Do not add rows up unseen: sources disagree about the same event, running totals (scope cumulative) contain each "
    "other, and a figure with part_of is contained in another.",
    "A date may be a day, a month or a year: 2012-03 means that no more than the month is known.",
    "Titles and quotations belong to their publishers.",
)
