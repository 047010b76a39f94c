"""The ids of all components that callbacks use.

A component that is not on every page has a pattern-matching id: {"chart": name} is a chart whose marks open their
evidence; {"grid": name} a table whose rows do; {"card": figure_id} a button that does; {"option": name} a control
whose value is in the address under that name (dashboard/view/query.py, OPTIONS); {"nav": path} a link.
"""

URL = "url"
VIEW = "view"
SCREEN = "screen"
REVISION = "revision"
BANNER = "banner"
REVISION_KNOWN = "revision-known"
PAGE = "shown-page"
PAGE_NAME = "page-name"
FILTER_BAR = "filter-bar"
THEME = "theme"

CONFLICT = "conflict"
MORE = "more-conflicts"
OUTCOME = "outcome"
SOURCE = "source"
SCOPE = "scope"
SINCE = "since"
UNTIL = "until"
RESET = "reset"

PHRASE = "chart-phrase"
FIRST = "first-said"
NEXT = "next-said"
SUMMARY = "chart-summary"
FIRST_TEXT = "first-text"
CARDS = "cards"
CHART = {"chart": "timeline"}
LEGEND = "legend"

TABLE = {"grid": "figures"}
COUNT = "table-count"
NARROWED = "table-narrowed"
FOLLOWED = "table-followed"
ANSWERED = "table-answered"
COLUMNS = "columns-chosen"
COPY = "copy-rows"
COPIED = "copied-rows"

FILES = "files"
TAKE_COUNT = "take-count"
SHARE = "share-link"
CITE = "cite-line"
EMBED = "embed-code"
PICTURED = "pictured"
PICTURE = "picture-sheet"
PICTURE_DARK = "picture-dark"

EVIDENCE = "evidence"
EVIDENCE_BODY = "evidence-shown"

REVIEW_CARD = "review-card"
REVIEW_AT = "review-at"
REVIEW_VIEW = "review-view"
REVIEW_NOTE = "review-note"
REVIEWER = "reviewer"
REVIEW_MESSAGE = "review-said"
REVIEW_PROGRESS = "review-progress"
REVIEW_KEYS = "review-keys"

READ_TEXT = "article-text"
READ_TITLE = "article-title"
READ_DATE = "article-date"
READ_PUBLISHER = "article-publisher"
READ_FIND = "article-find"
READ_FOUND = "article-found"
READ_ADD = "article-add"
READ_DONE = "article-done"
READ_KEY = "article-read"
READ_LOOK = "article-look"

SPAN = "span"
SPAN_SHOWN = "span-shown"
SPAN_BOX = "span-box"
ZOOM = "zoom"
BEHIND = "behind-chart"


def card(where: str, figure_ids: object) -> dict[str, str]:
    """The id of a button that opens the evidence of figures. `where` makes it unique on the page."""
    return {"card": f"{where}: {figure_ids}"}


UPLOAD = "upload"
ADDRESS = "web-address"
ADDRESS_READ = "web-address-read"
INTAKE = "intake"
LOOK = "intake-look"
TAKEN_IN = "intake-found"
TAKE_IN = "intake-add"
TAKEN = "intake-added"
