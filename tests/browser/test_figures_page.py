"""The table of figures, and what is taken away: the numbers on the screen and in the files are those of the store."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from visits import made_store, visiting

import tracker
from tracker.export import csv_text
from tracker.store.store import Store

pytestmark = pytest.mark.browser

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """What the dashboard shows, made once more."""
    with Store.open(made_store(tmp_path_factory.mktemp("same") / "store.db")) as opened:
        yield opened


def in_view(page, total):
    expect(page.locator("#table-count")).to_have_text(f"{total} figure{'' if total == 1 else 's'} in view")


def cells(page, column, total):
    """The cells of a column, from the top; as many as there are."""
    read = """column => [...document.querySelectorAll(`.ag-row .ag-cell[col-id=${column}]`)]
        .map(cell => [Number(cell.closest('.ag-row').getAttribute('row-index')), cell.innerText])"""
    page.wait_for_function(
        f"({{column, total}}) => (all => all.length === total && all.every(one => one[1]))(({read})(column))",
        arg={"column": column, "total": total},
    )
    return [text for _, text in sorted(page.evaluate(read, column))]


def address(page):
    return parse_qs(urlsplit(page.url).query)


def downloaded(page, name):
    with page.expect_download() as waiting:
        page.click(f".file >> text={name}")
    return Path(waiting.value.path()).read_bytes()


def test_the_cells_are_the_figures_of_the_store(visit, store):
    page = visit.open("figures?conflict=syria&outcome=killed")
    wanted = tracker.timeline(store, conflict="syria", outcome="killed").figures
    in_view(page, len(wanted))
    assert cells(page, "value", len(wanted)) == [f"{value:,}" for value in wanted["value"]]
    assert cells(page, "date", len(wanted)) == wanted["date"].tolist()


def test_everything_is_searched_and_words_of_the_quotes_stay_in_the_address(visit):
    page = visit.open("figures")
    in_view(page, 10)
    expect(page.locator("#table-narrowed")).to_be_empty()
    page.get_by_label("Find in the quotes").fill('spokesman "12,000" OR*')
    in_view(page, 0)
    page.get_by_label("Find in the quotes").fill("spokesman 12,000")
    in_view(page, 1)
    page.wait_for_function("new URLSearchParams(location.search).get('find') === 'spokesman 12,000'")
    page.goto(f"{page.url}&conflict=syria")
    in_view(page, 1)
    expect(page.get_by_label("Find in the quotes")).to_have_value("spokesman 12,000")
    assert cells(page, "value", 1) == ["12,000"]
    narrowed = "All outcomes – Syrian civil war (2011–2024); “spokesman 12,000” in the quotes"
    expect(page.locator("#table-narrowed")).to_contain_text(narrowed)
    page.click("text=Show all figures")
    in_view(page, 10)
    expect(page.get_by_label("Find in the quotes")).to_have_value("")


def test_sorting_and_column_filters_are_in_the_address_and_in_the_files(visit):
    page = visit.open("figures?conflict=syria&outcome=killed&scope=cumulative")
    in_view(page, 5)
    page.locator(".ag-header-cell[col-id=value] .ag-header-cell-text").click()
    page.wait_for_function("new URLSearchParams(location.search).get('sort') === 'value'")
    assert cells(page, "value", 5) == ["6,000", "8,000", "9,100", "10,000", "12,000"]
    page.locator(".ag-header-cell[col-id=source_name] .ag-header-cell-filter-button").click()
    page.locator(".ag-filter input[type=text]").first.fill("gov")
    in_view(page, 2)
    page.keyboard.press("Escape")
    page.wait_for_function("new URLSearchParams(location.search).has('where')")
    assert json.loads(address(page)["where"][0]) == [["source_name", "contains", "gov"]]
    expect(page.locator("#take-count")).to_contain_text("Exactly the 2 figures")
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode())))
    assert [row["value"] for row in rows] == ["6000", "8000"]
    page.reload()
    in_view(page, 2)
    assert cells(page, "value", 2) == ["6,000", "8,000"]


def test_what_is_taken_away_is_what_is_in_view(visit, store):
    page = visit.open("figures?conflict=syria&outcome=killed&source=Government")
    in_view(page, 2)
    expect(page.locator("#take-count")).to_contain_text("Exactly the 2 figures")
    wanted = tracker.timeline(store, conflict="syria", outcome="killed", source="Government").figures
    assert downloaded(page, "CSV").decode() == csv_text(wanted)
    assert [row["value"] for row in json.loads(downloaded(page, "JSON"))] == wanted["value"].tolist()
    assert downloaded(page, "CSV with HXL tags").decode().splitlines()[1].startswith("#meta+id,")
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(downloaded(page, "Excel")))["figures"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == wanted["figure_id"].tolist()


def test_the_link_restores_the_view_and_the_line_says_what_it_was(chromium, visit):
    page = visit.open("figures?conflict=syria&outcome=killed&source=Government&find=spokesman&sort=-value")
    in_view(page, 2)
    expect(page.locator("#share-link")).to_have_value(re.compile("conflict=syria.*source=Government"))
    link = page.input_value("#share-link")
    assert "cause=conflict" in link  # every filter is said
    cited = page.input_value("#cite-line")
    assert cited.startswith("People killed – Syrian civil war (2011–2024) according to Government.")
    assert link in cited
    assert "(accessed " in cited
    with visiting(chromium, visit.address) as other:
        again = other.open(link.removeprefix(visit.address + "/"))
        in_view(again, 2)
        assert cells(again, "value", 2) == ["8,000", "6,000"]


def test_columns_are_chosen_and_kept(visit):
    page = visit.open("figures")
    in_view(page, 10)
    page.click("text=Columns")
    page.get_by_label("Rule").check()
    page.get_by_label("Victims").uncheck()
    expect(page.locator(".ag-header-cell[col-id=rule]")).to_be_attached()
    columns = "(new URLSearchParams(location.search).get('columns') || '').split(',')"
    page.wait_for_function(f"{columns}.includes('rule') && !{columns}.includes('victims')")
    page.reload()
    in_view(page, 10)
    expect(page.locator(".ag-header-cell[col-id=victims]")).to_have_count(0)
    assert "rule" in address(page)["columns"][0].split(",")


def test_rows_are_copied_without_formulas(chromium, visit):
    with visiting(chromium, visit.address, permissions=["clipboard-read", "clipboard-write"]) as own:
        page = own.open("figures?scope=incident&columns=date,place,value")
        in_view(page, 3)
        page.click("text=Copy rows")
        expect(page.locator("#copied-rows")).to_have_text("Tick the rows to copy.")
        page.locator(".ag-row[row-id=f-i1] input[type=checkbox]").check()
        expect(page.locator(".evidence")).to_have_count(0)
        page.click("text=Copy rows")
        expect(page.locator("#copied-rows")).to_have_text("1 row copied.")
        text = page.evaluate("navigator.clipboard.readText()")
    assert text.splitlines() == ["date\tvalue\tplace", "2012-07-20\t30\t'=cmd();'-1"]


def test_enter_on_a_cell_opens_its_evidence(visit):
    page = visit.open("figures?scope=incident&until=2012-05-31")
    in_view(page, 1)
    cell = page.locator(".ag-row[row-id=f-i0] .ag-cell[col-id=value]")
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence blockquote mark")).to_have_text("25")


@pytest.mark.parametrize(("kind", "sheet"), [("svg", "article"), ("png", "article"), ("png", "social")])
def test_the_chart_is_taken_away_as_a_picture_that_says_where_it_is_from(visit, kind, sheet):
    page = visit.open("timeline?source=Government")
    expect(page.locator("#chart-phrase")).to_contain_text("Government")
    with page.expect_download() as waiting:
        page.click(f"text={kind.upper()} for {'an article' if sheet == 'article' else 'social media'}")
    name = f"syria-killed-to-2012-08-10-{sheet}.{kind}"
    assert waiting.value.suggested_filename == name
    expect(page.locator("#pictured")).to_have_text(f"Saved as {name}.")
    content = Path(waiting.value.path()).read_bytes()
    if kind == "png":
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        wide, high = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        assert (wide, high) == (2160, 2160) if sheet == "social" else (wide == 2400 and high < 2000)
    else:
        text = content.decode()
        for words in ("about 8,000 people killed in Syria", "Casualty Tracker", "The Daily &amp; Sons", "exactly"):
            assert words.casefold() in text.casefold(), words
        assert visit.address.partition("//")[2] not in text  # no local address


def test_the_files_of_the_chart_are_named_after_what_they_hold(visit, store):
    page = visit.open("timeline")
    link = page.get_by_role("group", name="Totals of the chart").get_by_text("CSV", exact=True)
    assert link.get_attribute("download") == "syria-killed-to-2012-08-10-timeline.csv"
    text = page.request.get(f"{visit.address}{link.get_attribute('href')}").text()
    assert "9100" in text
    monthly = page.get_by_role("group", name="Counted per month").get_by_text("CSV", exact=True)
    assert "rate" in page.request.get(f"{visit.address}{monthly.get_attribute('href')}").text().splitlines()[0]


def test_the_chart_stands_alone_in_another_page(visit):
    page = visit.open("timeline?source=Government")
    expect(page.locator("#embed-code")).to_have_value(re.compile("^<iframe src="))
    code = page.input_value("#embed-code")
    assert "casualtyTrackerHeight" in code
    page.goto(f"{visit.address}/embed?{code.split('/embed?')[1].split(chr(34))[0].replace('&amp;', '&')}")
    page.wait_for_function(
        "document.querySelector('#chart .main-svg') && document.querySelector('h1').innerText !== '…'"
    )
    expect(page.locator("header")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("according to Government")
