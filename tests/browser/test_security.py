"""What a browser is let do: no script but ours runs, on any page, whatever an article holds; no other site writes."""

from __future__ import annotations

import http.client
import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from made_figures import ARTICLE, FIGURE
from visits import made_store, serving, visiting, watching

from dashboard.site import PAGES
from tracker.store.store import Entry, Store

pytestmark = pytest.mark.browser

TOKEN = "a token that nobody guesses"
EVIL = '<script>document.title="owned";alert(1)</script><img src=x onerror=alert(2)>'


def ask(address, path="/", method="GET", body=None, **headers):
    """An answer as no browser would ask for it: (status, headers, text). `Host` and others as they are given."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, names)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")
    connection.close()
    return found


@pytest.fixture(scope="module")
def evil_address(tmp_path_factory):
    """A dashboard on articles of which every field tries to break out."""
    path = made_store(tmp_path_factory.mktemp("evil") / "store.db")
    text = f"{EVIL} At least 30 people were killed. {EVIL}"
    words = {"title": EVIL, "publisher": EVIL, "url": 'javascript:alert(3)//"><script>alert(4)</script>'}
    article = replace(ARTICLE, id=EVIL, text=text, published="2012-03-26", **words)
    start = text.index("At least 30")
    quote = text[: text.index(" killed.") + 8]
    figure = replace(
        FIGURE,
        figure_id="evil",
        article_id=EVIL,
        field="text",
        start=start,
        end=start + 11,
        figure="At least 30",
        quote=quote,
        source=EVIL,
        source_name=EVIL,
        place=EVIL,
        victims=EVIL,
        published="2012-03-26",
        **words,
    )
    with Store.open(path) as store:
        store.add_many([Entry(article, [figure], EVIL)])
    with serving("--db", str(path), "--port", "0") as (address, _):
        yield address


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_on_every_page_text_is_text_and_the_policy_holds(profile, evil_address, path):
    with watching(profile, evil_address) as visit:  # fails on errors of the console, so on violations; on dialogs
        page = visit.open(path.strip("/") + "?conflict=syria")
        page.wait_for_load_state("networkidle")
        assert page.title() != "owned"
        assert page.locator("main script, main img[onerror], main a[href^='javascript:']").count() == 0


def test_the_evidence_of_an_evil_article_is_text(profile, evil_address):
    with watching(profile, evil_address) as visit:
        page = visit.open("timeline?conflict=syria&figure=evil")
        page.wait_for_load_state("networkidle")
        assert page.locator("[href^='javascript:']").count() == 0
        assert page.title() != "owned"


def test_no_script_but_ours_runs_even_where_one_stands_in_the_page(chromium, address):
    """The last line of defence: were a script ever written into a page, the browser would refuse it."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("main h1")
    refused = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.evaluate(
        "() => { const one = document.createElement('script'); one.text = 'window.owned = 1';"
        " document.body.append(one); const two = document.createElement('script'); two.src = 'http://example.invalid/x.js';"
        " document.body.append(two); const box = document.createElement('div');"
        ' box.innerHTML = \'<img src="data:," onerror="window.owned = 2">\'; document.body.append(box); }'
    )
    assert page.evaluate("window.owned") is None
    assert len([text for text in refused if "Content Security Policy" in text]) >= 2
    context.close()


@pytest.mark.parametrize(
    "path", [*(page.path for page in PAGES), "/embed", "/api/figures.csv", "/nowhere", "/_dash-layout"]
)
def test_every_answer_has_the_headers(address, path):
    _, headers, _ = ask(address, path)
    policy = headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "http" not in policy
    assert ("frame-ancestors *" in policy) == (path == "/embed")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_a_name_that_is_not_ours_is_refused(address, host):
    assert ask(address, Host=host)[0] in (400, 421)


def test_another_site_cannot_write(address):
    body = json.dumps({}).encode()
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ):
        assert ask(address, "/_dash-update-component", "POST", body, **headers)[0] == 403
    assert ask(address, "/_dash-update-component", "POST", body, Origin=address)[0] != 403


def test_a_body_that_is_too_large_is_refused_and_a_pasted_article_is_not(address):
    from dashboard.view.intake import MAX_PASTED
    from dashboard.web.security import MAX_BYTES

    assert MAX_PASTED * 6 < MAX_BYTES  # of the longest way to write a letter in JSON
    status, _, _ = ask(address, "/_dash-update-component", "POST", Content_Length=str(MAX_BYTES + 1))
    assert status == 413


def test_on_an_address_for_others_the_token_opens_everything(tmp_path, chromium):
    path = made_store(tmp_path / "store.db")
    arguments = ("--db", str(path), "--port", "0")
    with serving(*arguments, env={"TRACKER_TOKEN": TOKEN}) as (address, _):
        assert ask(address, "/api/figures.csv")[0] == 401
        assert ask(address, "/_dash-update-component", "POST", b"{}")[0] == 401
        assert ask(address, "/api/figures.csv", Authorization=f"Bearer {TOKEN}x")[0] == 401
        status, _, text = ask(address, "/api/figures.csv", Authorization=f"Bearer {TOKEN}")
        assert (status, "f-t0" in text) == (200, True)
        with visiting(chromium, address) as visit:
            visit.page.goto(address)
            visit.page.fill("[name=token]", TOKEN)
            visit.page.click("button")
            visit.page.wait_for_selector("main h1")
            (cookie,) = visit.page.context.cookies()
            assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
            assert TOKEN not in cookie["value"]
            visit.open("timeline")
