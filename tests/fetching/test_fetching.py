"""What is fetched from the web: only what is public, only so much, only so long; each refusal says why."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import ssl
import subprocess
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web import answer, raw, redirect, serving

from tracker.fetching import Fetcher, Limits, is_public
from tracker.fetching.addressing import target
from tracker.model import InputError

HERE = Fetcher(allow_private=True)


@pytest.fixture
def site():
    with serving() as one:
        yield one


def why(url, fetcher=HERE):
    """Why an address gives nothing, without the address."""
    with pytest.raises(InputError) as refused:
        fetcher.fetch(url)
    assert "\n" not in str(refused.value)
    assert refused.value.path == url.replace("\r\n", "\ufffd" * 2).replace(" ", "\ufffd")
    return refused.value.what


def test_a_page_with_its_headers(site):
    site.pages["/a"] = answer("Ten people were killed.", content_type="Text/HTML; charset=utf-8", etag='"1"')
    found = HERE.fetch(f"{site.url}/a?b=c d".replace(" ", "%20"))
    assert (found.body, found.status, found.content_type) == (b"Ten people were killed.", 200, "text/html")
    assert found.headers["etag"] == '"1"'
    ((path, headers),) = site.asked
    assert path == "/a?b=c%20d"
    assert headers["User-Agent"].startswith("casualty-tracker")
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_what_follows_the_hash_is_not_for_the_server(site):
    site.pages["/a"] = "hello"
    found = HERE.fetch(f"{site.url}/a#page=3")
    assert (found.url, site.paths()) == (f"{site.url}/a", ["/a"])
    assert why(f"{site.url}/none#part") == "answers 404 Not Found"


def test_redirects_are_followed(site):
    site.pages |= {"/a": redirect("b", 301), "/b": redirect(f"{site.url}/c", 307), "/c": "there"}
    found = HERE.fetch(f"{site.url}/a")
    assert (found.body, found.url) == (b"there", f"{site.url}/c")


def test_redirects_have_an_end(site):
    site.pages["/round"] = redirect("/round")
    assert why(f"{site.url}/round") == "redirects more than 5 times"
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 127.8.9.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 0.1.2.3 224.0.0.1 "
    "239.255.255.250 240.0.0.1 255.255.255.255 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.5 192.88.99.1 "
    "::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 ff02::1 fec0::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 "
    "64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::8.8.8.8 2002:7f00:1:: 2002:808:808:: 2001::1 2001:db8::1 "
    "3fff::1 100::1 5f00::1 nonsense".split(),
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::8.8.8.8"])
def test_addresses_that_are_public(address):
    assert is_public(address)


@given(st.ip_addresses())
def test_no_address_breaks_the_check(address):
    if is_public(str(address)):
        assert not address.is_private
        assert not address.is_loopback
        assert not address.is_multicast


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_not_asked_however_it_is_written(site, host):
    port = site.url.rpartition(":")[2]
    assert re.fullmatch(
        r"leads to \S+, which is not public|there is no host .*",
        why(f"http://{host}:{port}/", Fetcher()),
    )
    assert not site.asked


@pytest.fixture
def internet(site, monkeypatch):
    """A network in which the site answers at the public address 8.8.8.8; nothing else is there. Who was called."""
    import urllib3.util.connection as network

    called, connect = [], network.create_connection

    def to_the_site(address, *arguments, **options):
        called.append(address[0])
        if address[0] != "8.8.8.8":
            raise ConnectionRefusedError(111, "refused")
        return connect(("127.0.0.1", int(site.url.rpartition(":")[2])), *arguments, **options)

    monkeypatch.setattr(network, "create_connection", to_the_site)
    return called


def test_a_redirect_to_a_private_address_is_refused(site, internet):
    site.pages["/"] = redirect("http://169.254.169.254/latest/meta-data/")
    fetcher = Fetcher(resolve=lambda host, port: ["8.8.8.8"] if host == "news.test" else [host])
    told = why("http://news.test/", fetcher)
    assert told.startswith("leads to 169.254.169.254, which is not public")
    assert told.endswith("(after a redirect to http://169.254.169.254/latest/meta-data/)")
    assert internet == ["8.8.8.8"]


def test_what_was_checked_is_what_is_asked(site, internet):
    """A name that points to a public address when it is checked, and to this machine a moment later."""
    resolved = []

    def rebinding(host, port):
        resolved.append(host)
        return ["8.8.8.8"] if len(resolved) == 1 else ["127.0.0.1"]

    site.pages["/"] = "hello"
    fetcher = Fetcher(resolve=rebinding)
    assert fetcher.fetch("http://rebinding.test/").body == b"hello"
    assert (resolved, internet) == (["rebinding.test"], ["8.8.8.8"])
    assert site.asked[0][1]["Host"] == "rebinding.test"
    assert why("http://rebinding.test/", fetcher).startswith("leads to 127.0.0.1")
    assert internet == ["8.8.8.8"]


def test_the_next_address_is_tried_where_one_does_not_answer(site, internet):
    site.pages["/"] = "hello"
    fetcher = Fetcher(resolve=lambda *_: ["9.9.9.9", "8.8.8.8"])
    assert fetcher.fetch("http://news.test/").body == b"hello"
    assert internet == ["9.9.9.9", "8.8.8.8"]


def test_a_name_with_one_private_address_is_refused():
    mixed = Fetcher(resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])
    assert why("http://news.test/", mixed).startswith("leads to 10.0.0.1, which is not public")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("file:///etc/passwd", "only http and https are fetched"),
        ("gopher://127.0.0.1:70/", "only http and https are fetched"),
        ("http://user:secret@news.test/", "user name or password"),
        ("http://news.test@127.0.0.1/", "user name or password"),
        ("http:///path", "names no host"),
        ("http://[::1", "is no web address"),
        ("http://a:99999/", "is no web address"),
        ("http://a:0/", "names no host"),
        ("http://news.test/a\r\nHost: other", "spaces or control characters"),
        ("http://news.test/" + "a" * 9000, "too long"),
        ("http://" + "ä" * 80 + ".test/", "is no web address"),
    ],
)
def test_addresses_that_are_none(url, told):
    assert told in why(url)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://user:pw@127.0.0.1/", "http://[::1"])
def test_redirects_to_what_is_not_fetched(site, to):
    site.pages["/"] = redirect(to)
    assert why(f"{site.url}/").endswith(f"(after a redirect to {to})")


def test_addresses_in_other_alphabets():
    found = target("https://www.müller.test/größe?ort=köln&a=b%20c#part")
    assert found.authority == "www.xn--mller-kva.test"
    assert found.path == "/gr%C3%B6%C3%9Fe?ort=k%C3%B6ln&a=b%20c"
    assert target("http://[2606:4700::1]:8080").authority == "[2606:4700::1]:8080"


def test_settings_of_the_machine_for_proxies_play_no_part(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    site.pages["/"] = "hello"
    assert HERE.fetch(site.url).body == b"hello"


@pytest.mark.parametrize(
    ("status", "told"),
    [(404, "answers 404 Not Found"), (500, "answers 500 Internal Server Error"), (299, ""), (599, "answers 599")],
)
def test_answers_without_content(site, status, told):
    site.pages["/"] = answer("x", status)
    assert HERE.ask(site.url).status == status
    if told:
        assert why(site.url) == told


def test_a_dead_server():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # taken, and nobody listens
        assert why(f"http://127.0.0.1:{taken.getsockname()[1]}/") == "does not answer"


def test_a_name_that_nobody_has():
    def nobody(*_):
        raise socket.gaierror(-2, "Name or service not known")

    assert why("http://nobody.test/a", Fetcher(resolve=nobody)) == "there is no host nobody.test"


SMALL = Fetcher(Limits(most_bytes=10_000, seconds=20), allow_private=True)


def test_too_large_as_stated_as_sent_and_as_unpacked(site):
    zeros = gzip.compress(bytes(5_000_000))
    assert len(zeros) < 10_000
    site.pages |= {
        "/stated": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n"),
        "/sent": raw(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(200_000)),
        "/unpacked": answer(zeros, content_encoding="gzip"),
    }
    for page in site.pages:
        assert why(site.url + page, SMALL) == "is larger than 10,000 bytes"


def test_packed_answers_are_unpacked(site):
    site.pages |= {
        "/": answer(gzip.compress(b"ten dead"), content_encoding="gzip"),
        "/broken": answer(b"ten dead", content_encoding="gzip"),
    }
    assert HERE.fetch(site.url).body == b"ten dead"
    assert why(f"{site.url}/broken") == "sends what cannot be unpacked"


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\nA: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_what_drips_is_cut(site, beginning):
    """A server that sends a byte now and then, in its headers or in its page, for ever."""
    gone = threading.Event()

    def drip(handler):
        handler.wfile.write(beginning)
        while not gone.wait(0.05):
            handler.wfile.write(b"a")

    site.pages["/"] = drip
    try:
        told = why(site.url, Fetcher(Limits(seconds=0.4), allow_private=True))
    finally:
        gone.set()
    assert told == "took longer than 0.4 s"


def test_answers_that_are_none(site):
    for sent in (
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300,
        b"HTTP/1.1 200 OK\r\nA: " + b"a" * 100_000,
    ):
        site.pages["/"] = raw(sent)
        assert why(site.url).startswith("breaks off")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for news.test that signs itself, made here and now."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.test -addext subjectAltName=DNS:news.test"
    )
    subprocess.run(
        [*command.split(), "-keyout", folder / "key", "-out", folder / "crt"], check=True, capture_output=True
    )
    return folder


@pytest.mark.process
def test_certificates_are_checked_against_the_name(certificate, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "crt", certificate / "key")
    names = []
    context.sni_callback = lambda _, name, __: names.append(name)
    fetcher = Fetcher(allow_private=True, resolve=lambda *_: ["127.0.0.1"])
    with serving({"/": "hello"}, context) as site:
        port = site.url.rpartition(":")[2]
        assert why(f"https://news.test:{port}/", fetcher) == "has no valid certificate: self-signed certificate"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "crt"))
        assert fetcher.fetch(f"https://news.test:{port}/").body == b"hello"
        assert why(f"https://other.test:{port}/", fetcher).startswith("has no valid certificate: Hostname mismatch")
        assert why(f"https://127.0.0.1:{port}/", fetcher).startswith("has no valid certificate: IP address mismatch")
    assert names == ["news.test", "news.test", "other.test", None]
