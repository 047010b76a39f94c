"""PostgreSQL ends a session in the middle of `add`: one clear line, and run again it is as if nothing had happened."""

from __future__ import annotations

import subprocess

import pytest
import sqlalchemy as sa
from calls import TRACKER
from contents import contents
from killing import make_articles
from postgresql import emptied

from tracker.cli.ingest import AT_A_TIME
from tracker.store.check import Checked, problems
from tracker.store.store import Store

pytestmark = pytest.mark.process

NUMBER = AT_A_TIME + 150  # articles: two transactions
STRIKES_AT = f"a{AT_A_TIME + 50:05}"  # in the middle of the second

TRIGGER = """
CREATE FUNCTION strike() RETURNS trigger AS $$
BEGIN IF NEW.id = '{at}' THEN PERFORM {what}; END IF; RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE TRIGGER strikes BEFORE INSERT ON articles FOR EACH ROW EXECUTE FUNCTION strike();
"""
STRIKES = {
    "the server ends the session": ("pg_terminate_backend(pg_backend_pid())", "connection"),
    "the time of a statement is over": ("pg_sleep(60)", "statement timeout"),
    "somebody cancels the statement": ("pg_cancel_backend(pg_backend_pid())", "canceling statement"),
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    make_articles(path, 2 * NUMBER)
    sound = [line for line in path.read_text().splitlines(keepends=True) if line.startswith('{"id"')]
    path.write_text("".join(sound[:NUMBER]))
    return path


def add(articles, database):
    command = [*TRACKER, "add", str(articles), "--db", database]
    return subprocess.run(command, capture_output=True, timeout=300, text=True)


def is_whole(database):
    with Store.open(database, create=False) as store:
        assert [one.what for one in problems(store, Checked())] == []
        return contents(store)


@pytest.fixture
def admin(postgresql):
    engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
        connection.exec_driver_sql("ALTER DATABASE postgres RESET statement_timeout")
    engine.dispose()


@pytest.mark.parametrize("strike", STRIKES)
def test_a_session_that_the_server_ends_in_the_middle(articles, postgresql, admin, strike):
    assert add(articles, postgresql).returncode == 0
    undisturbed = is_whole(postgresql)
    assert len(undisturbed["articles"]) == NUMBER
    emptied(postgresql)
    Store.open(postgresql).close()
    what, told = STRIKES[strike]
    admin.exec_driver_sql(TRIGGER.format(at=STRIKES_AT, what=what).replace("%", "%%"))
    admin.exec_driver_sql("ALTER DATABASE postgres SET statement_timeout = '3s'")
    done = add(articles, postgresql)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert told in done.stderr
    assert len(is_whole(postgresql)["articles"]) == AT_A_TIME  # one whole transaction, and nothing of the second
    admin.exec_driver_sql("DROP TRIGGER strikes ON articles; DROP FUNCTION strike")
    assert add(articles, postgresql).returncode == 0
    assert is_whole(postgresql) == undisturbed
