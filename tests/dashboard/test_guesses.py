"""Wrong tokens: each further one has to wait longer, from one address and from all, by every way to give a token."""

from __future__ import annotations

import pytest
from callback_bodies import body_of, sent
from made_figures import ARTICLE, FIGURE

from dashboard.app import create_app
from dashboard.web import guesses
from dashboard.web.guesses import FORGOTTEN, FREE, FREE_IN_ALL, LONGEST, LONGEST_IN_ALL, Guesses, network
from dashboard.web.security import MAX_STRANGER_BYTES, guard_for, protect, refuse_writes
from tracker.store.store import Entry, Store

TOKEN = "a token that nobody guesses"
HOST = {"Host": "127.0.0.1"}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def looked_at(tries: Guesses, clock: Clock, seconds: int, address: str = "192.0.2.1") -> int:
    """How many wrong tokens are looked at where one comes ten times a second for so many seconds."""
    number = 0
    for _ in range(seconds * 10):
        number += tries.attempt(address, False)[1] == 0.0
        clock.now += 0.1
    return number


def test_one_address_gets_few_guesses(clock):
    tries = Guesses(clock)
    assert looked_at(tries, clock, 1) == FREE  # then it has to wait for 1, 2, 4 … seconds
    assert looked_at(tries, clock, 599) <= 10
    waits = []
    for _ in range(12):
        _, wait = tries.attempt("192.0.2.1", False)
        waits.append(wait)
        clock.now += wait + 0.001
        assert tries.attempt("192.0.2.1", False) == (False, 0.0)
    assert waits[-1] == pytest.approx(LONGEST)


def test_the_right_token_is_not_looked_at_before_its_time(clock):
    tries = Guesses(clock)
    looked_at(tries, clock, 2)
    is_right, wait = tries.attempt("192.0.2.1", True)
    assert (is_right, wait > 0) == (False, True)
    clock.now += wait
    assert tries.attempt("192.0.2.1", True) == (True, 0.0)
    assert looked_at(tries, clock, 1) == FREE  # what was wrong before is forgotten with the right one


def test_many_addresses_get_few_guesses_in_all(clock):
    tries = Guesses(clock)
    tries.attempt("192.0.2.77", True)
    number = 0
    for step in range(36_000):
        number += tries.attempt(f"198.51.{step % 100}.{step // 100 % 250}", False)[1] == 0.0
        clock.now += 0.1
    assert number <= FREE_IN_ALL + 6 + 3_600 / LONGEST_IN_ALL + 1
    assert tries.attempt("203.0.113.5", True)[1] > 0
    assert tries.attempt("192.0.2.77", True) == (True, 0.0)  # who was let in before need not wait for others


def test_wrong_tokens_are_forgotten(clock):
    tries = Guesses(clock)
    looked_at(tries, clock, 60)
    clock.now += FORGOTTEN
    assert looked_at(tries, clock, 1) == FREE


def test_few_addresses_are_remembered(clock, monkeypatch):
    monkeypatch.setattr(guesses, "MAX_ADDRESSES", 10)
    tries = Guesses(clock)
    for number in range(50):
        tries.attempt(f"192.0.2.{number}", number < 20)
    assert (len(tries._each), len(tries._let_in)) == (10, 10)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),  # what one customer is given
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "", True),
    ],
)
def test_what_counts_as_one_address(one, other, same):
    assert (network(one) == network(other)) is same


@pytest.fixture
def served(tmp_path, clock):
    """What makes an app on a store, for others, with that clock."""
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([Entry(ARTICLE, [FIGURE])])

        def made(token=TOKEN, *, is_open=False):
            guard = guard_for("0.0.0.0", token, is_open=is_open)
            guard.guesses.clock = clock
            app = create_app(store)
            protect(app, guard)
            refuse_writes(guard, [store.engine])
            return app

        yield made


def bearer(token: str) -> dict[str, str]:
    return HOST | {"Authorization": f"Bearer {token}"}


def log_in(client, token):
    return client.post("/login", data={"token": token}, headers=HOST)


def test_the_form_limits_guesses(served, clock):
    client = served().server.test_client()
    codes = [log_in(client, f"wrong {number}").status_code for number in range(50)]
    assert codes == [403] * FREE + [429] * (50 - FREE)
    early = log_in(client, TOKEN)
    assert (early.status_code, early.headers["Retry-After"]) == (429, "1")
    assert "Too many wrong tokens. Try again in 1 second." in early.text
    clock.now += 1
    assert log_in(client, TOKEN).status_code == 302


@pytest.mark.parametrize("is_open", [False, True])
def test_headers_are_guesses_too(served, clock, is_open):
    client = served(is_open=is_open).server.test_client()
    codes = [client.get("/api/figures.csv", headers=bearer(f"wrong {number}")).status_code for number in range(50)]
    assert codes[FREE:] == [429] * (50 - FREE)
    assert client.get("/api/figures.csv", headers=bearer(TOKEN)).status_code == 429
    assert log_in(client, TOKEN).status_code == 429  # one count for both ways
    clock.now += 1
    assert client.get("/api/figures.csv", headers=bearer(TOKEN)).status_code == 200


def test_who_is_in_stays_in_and_an_old_cookie_is_no_guess(served):
    app = served()
    inside, outside = app.server.test_client(), app.server.test_client()
    log_in(inside, TOKEN)
    for number in range(20):
        log_in(outside, f"wrong {number}")
    assert inside.get("/api/figures.csv", headers=HOST).status_code == 200
    stale = served().server.test_client()
    stale.set_cookie("tracker", "of another run", domain="127.0.0.1")
    assert {stale.get("/api/figures.csv", headers=HOST).status_code for _ in range(50)} == {401}
    assert log_in(stale, TOKEN).status_code == 302


def test_the_cookie_of_another_run_opens_nothing(served):
    """So that the cookie cannot be made from a guessed token, which would be a way around the limits."""
    clients = [served().server.test_client() for _ in range(2)]
    for client in clients:
        log_in(client, TOKEN)
    first, second = (client.get_cookie("tracker", "127.0.0.1").value for client in clients)
    assert first != second


def test_without_a_token_there_is_no_login(served):
    client = served(None, is_open=True).server.test_client()
    assert client.get("/login", headers=HOST).status_code == 404
    assert log_in(client, "x" * 20).status_code == 404


def test_who_has_no_token_may_send_little(served):
    app = served(is_open=True)
    body = body_of(app, "article-read.data") | {"filler": "x" * MAX_STRANGER_BYTES}
    client = app.server.test_client()
    assert sent(client, body).status_code == 413
    assert sent(client, body, **bearer(TOKEN)).status_code == 200
