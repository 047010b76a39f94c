"""Callback requests that no page sends: each is answered with 400, and no callback falls over what a body holds."""

from __future__ import annotations

import copy

import pytest
from callback_bodies import HOST, PATH, bodies, body_of, sent, spoilt
from visits import made_store

from dashboard.app import create_app
from dashboard.web.security import Guard, protect, refuse_writes
from tracker.store.store import Store

VALUES = [
    True,
    -1,
    2**70,
    1e308,
    "x",
    "\x00",
    "?conflict=%00&since=9999-99",
    [],
    [1],
    ["x"],
    [None],
    {},
    {"points": 1},
    {"points": [1]},
    {"points": [{"customdata": 1}]},
    {"filterModel": 1},
    {"sortModel": [1]},
    {"startRow": -5, "endRow": 10**9},
    {"startRow": {}},
    {"filterModel": {"value": {"type": "equals", "filter": []}}},
    {"figure_id": [], "decided": [{}], "passed": "x"},
    [{"figure_id": 1}],
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with Store.open(made_store(tmp_path_factory.mktemp("made") / "store.db")) as store:
        app = create_app(store)
        guard = Guard()
        protect(app, guard)
        refuse_writes(guard, [store.engine])
        app.server.test_client().get("/", headers=HOST)
        yield app


@pytest.fixture
def client(app):
    return app.server.test_client()


def test_what_our_pages_send_is_answered(app, client):
    body = body_of(app, "shown-page.children")
    body["inputs"][0]["value"] = "/method"
    answer = sent(client, body)
    assert (answer.status_code, answer.json["response"]["page-name"]["data"]["path"]) == (200, "/method")


def test_values_of_another_kind_never_end_in_an_error_of_the_server(app, client):
    answers = [(body["output"], sent(client, body).status_code) for one in bodies(app) for body in spoilt(one, VALUES)]
    assert len(answers) > 1_000
    assert {code for _, code in answers} == {200, 204, 400}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"\xff",
        b"[" * 100_000,
        b'{"output":' + b"[" * 100_000,
        b"{}",
        b'{"output":1}',
    ],
)
def test_what_is_no_body_is_refused(client, content, caplog):
    answer = client.post(PATH, data=content, content_type="application/json", headers=HOST)
    assert answer.status_code == 400
    assert answer.text.startswith("the request is malformed: ")
    assert answer.text.count("\n") == 1
    assert not caplog.records


def test_what_is_not_json_is_refused(client):
    assert client.post(PATH, data=b"{}", content_type="text/plain", headers=HOST).status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("output", "no such callback"),
        ("output", "screen.data"),  # that one runs in the browser
        ("inputs", []),
        ("inputs", None),
        ("inputs", [1]),
        ("inputs", [{"id": "url"}]),
        ("inputs", [{"id": ["url"], "property": "pathname", "value": "/"}]),
        ("inputs", [{"id": "url", "property": "search", "value": "/"}]),
        ("inputs", [{"id": "url", "property": "pathname", "value": "\ud800"}]),
        ("inputs", [{"id": "url", "property": "pathname", "value": "/"}] * 2),
        ("state", {}),
        ("outputs", {}),
        ("outputs", []),
        ("outputs", None),
        ("changedPropIds", "url.pathname"),
        ("changedPropIds", [1]),
        ("changedPropIds", ["{.x"]),
    ],
)
def test_a_body_that_does_not_fit_its_callback_is_refused(app, client, name, value):
    body = copy.deepcopy(body_of(app, "shown-page.children"))
    body["inputs"][0]["value"] = "/method"
    assert sent(client, body).status_code == 200
    assert sent(client, body | {name: value}).status_code == 400


def test_numbers_without_end_are_refused(app, client):
    body = body_of(app, '{"grid":"figures"}')
    body["inputs"][0]["value"] = {"startRow": 0, "endRow": 5, "filterModel": {"x": float("nan")}}
    assert sent(client, body).status_code == 400


def test_a_step_back_tells_every_control_whatever_the_page_showed_when_it_asked(app, client):
    """An answer to an earlier step may change the controls meanwhile."""
    response = sent(client, _moved(app, "url.search", address="", per="total")).json["response"]
    assert response["view"] == {"data": ""}
    assert response['{"option":"per"}'] == {"value": "total"}
    assert response["outcome"] == {"value": ["killed"]}


def test_a_switch_that_was_moved_just_before_another_is_kept(app, client):
    """The address does not know of it yet."""
    body = _moved(app, '{"option":"lines"}.value', address="", per="rate", lines="all")
    assert sent(client, body).json["response"]["url"] == {"search": "?per=rate&lines=all"}


def _moved(app, changed, *, address, **options):
    """What the timeline sends when `changed` has changed; the view that it knows is that of the bare address."""
    body = copy.deepcopy(body_of(app, "url.search...view.data"))
    shown = {"conflict": "syria", "more-conflicts": [], "outcome": ["killed"], "source": [], "scope": []}
    values = {"url.pathname": "/timeline", "url.search": address, "view.data": ""}
    values |= {f"{name}.value": value for name, value in (shown | {"since": "", "until": ""}).items()}
    for entry in [*body["inputs"], *body["state"]]:
        if isinstance(entry, dict):
            entry["value"] = values.get(f"{entry['id']}.{entry['property']}")
    drawn = [{"id": {"option": name}, "property": "value", "value": value} for name, value in options.items()]
    body["inputs"][-1] = drawn
    body["outputs"][-1] = [{"id": one["id"], "property": "value"} for one in drawn]
    return body | {"changedPropIds": [changed]}
