"""Columns of a PDF page are read one after the other; rows of a table are read across."""

from __future__ import annotations

from made_documents import side_by_side
from readers import READER

from tracker.sources import Reading, read_items
from tracker.sources.pdf_columns import in_reading_order

TWO = [
    ("The fire in the old mill", "On the coast the storm"),
    ("killed 14 weavers, and it", "displaced 3,100 people, as"),
    ("burned until the morning,", "the harbour master told the"),
    ("the brigade said.", "radio of the town."),
]
TABLE = [("Ard", "killed 3"), ("Beth", "killed 12"), ("Tulan", "wounded 40"), ("Sarn", "wounded 7")]


def layout(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"{left:<60}{right}" for left, right in rows)


def test_prose_is_read_column_by_column() -> None:
    text = in_reading_order(f"Bulletin of the county\n\n{layout(TWO)}\n\nPrinted at Ard.")
    assert text is not None
    assert text.split("\n") == ["Bulletin of the county", *(a for a, _ in TWO), *(b for _, b in TWO), "Printed at Ard."]


def test_rows_of_a_table_are_read_across() -> None:
    assert in_reading_order(layout(TABLE)) is None


def test_a_page_without_columns_has_no_other_order() -> None:
    assert in_reading_order("One line.\nAnother line.\nA third   line with blanks.") is None


def test_figures_of_a_page_with_columns(tmp_path) -> None:
    path = tmp_path / "columns.pdf"
    path.write_bytes(side_by_side(TWO))
    (reading,) = [item for item in read_items([path]) if isinstance(item, Reading)]
    found = [(figure.value, figure.outcome) for figure in READER.read(reading.article)]
    assert found == [(14, "killed"), (3100, "displaced")]
