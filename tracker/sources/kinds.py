"""Detects the format of an input: by its name, its first bytes, or its content type."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from tracker.sources.compression import without_compression
from tracker.sources.items import NAMES

KINDS = {
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "mail",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "warc",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tgz",
}
"""The format by file suffix. Each may be compressed (".jsonl.gz", see tracker.sources.compression)."""

SAMPLE_SIZE = 20_000  # bytes at the beginning that are checked

CONTENT_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/json": "json",
    "application/feed+json": "json",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
    "message/rfc822": "mail",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.apache.parquet": "parquet",
}
"""The format by MIME type, as servers and e-mails state it."""

MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),  # also docx, which the ZIP reader recognises
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
COMPRESSED_MAGIC = ((b"\x1f\x8b", ".gz"), (b"BZh", ".bz2"), (b"\xfd7zXZ\0", ".xz"), (b"\x28\xb5\x2f\xfd", ".zst"))
"""By the first bytes: the suffix of the compression format."""

_PAGE = r"\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--.{0,2000}?-->\s{0,100})?<(?:!doctype\s+html|html|head|body)\b"
WEB_PAGE = re.compile(_PAGE, re.IGNORECASE | re.DOTALL)
WEB_PAGE_BYTES = re.compile(_PAGE.encode(), re.IGNORECASE | re.DOTALL)
FEED_BYTES = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,100}(?:<\?xml.{0,200}?\?>\s{0,100})?(?:<\?.{0,500}?\?>\s{0,100}|<!--.{0,2000}?-->\s{0,100}){0,5}"
    rb"<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
MAIL_BYTES = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[ \t].{0,990}\r?\n(?:[ \t].{0,990}\r?\n){0,50}){3}")
MAIL_HEADERS = re.compile(rb"^(?:Message-ID|MIME-Version|Received|Return-Path):", re.IGNORECASE | re.MULTILINE)
JSON_VALUE = re.compile(r"\s{0,100}(?:\{\s{0,1000}[\"}]|\[\s{0,1000}[{\]])")


def kind_of(name: str) -> str:
    """Return the format of a file by its name, "" if the name does not tell."""
    return KINDS.get(PurePath(without_compression(name.lower())).suffix, "")


def kind_of_answer(content_type: str, url: str) -> str:
    """Return the format of an HTTP answer: by the suffix of its address, else by its content type."""
    path = unquote(urlsplit(url).path)
    by_name = kind_of(path)
    by_type = CONTENT_TYPES.get(content_type, "")
    return by_type if by_type and by_name in ("", "html", "feed", "text") else by_name or by_type


def kind_of_bytes(head: bytes) -> str:
    """Return the format by the first bytes, "" if they do not tell."""
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    if FEED_BYTES.match(head):
        return "feed"
    return "mail" if MAIL_BYTES.match(head) and MAIL_HEADERS.search(head, 0, 20_000) else ""


def kind_in_fact(data: bytes, kind: str) -> str:
    """Return the real format where `kind` is unknown ("") or where names and servers are often wrong."""
    if kind == "":
        kind = "html" if WEB_PAGE_BYTES.match(data) else kind_of_bytes(data[:SAMPLE_SIZE])
    elif kind == "feed" and WEB_PAGE_BYTES.match(data):
        kind = "html"
    elif kind in ("html", "text") and kind_of_bytes(data[:SAMPLE_SIZE]) in ("feed", "pdf"):
        kind = kind_of_bytes(data[:SAMPLE_SIZE])
    return kind


def compression_of_bytes(head: bytes) -> str:
    """Return the suffix of the compression format by the first bytes, "" for none."""
    return next((suffix for magic, suffix in COMPRESSED_MAGIC if head.startswith(magic)), "")


def kind_of_text(text: str) -> str:
    """Return the format that a text looks like."""
    if WEB_PAGE.match(text):
        return "html"
    if JSON_VALUE.match(text):
        return "json"
    cells = set(re.split(r"[,;\t]", text[:SAMPLE_SIZE].lstrip().partition("\n")[0].strip().casefold()))
    return "csv" if len(cells.intersection(NAMES)) > 1 else "text"
