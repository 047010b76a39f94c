"""The fetcher: it follows redirects, checking the address of each request, until there is an answer or a reason.

The connection goes to the same IP address that was checked, so a name cannot point elsewhere a moment later.
Certificates are checked against the name. Proxy settings, cookies and passwords of the user's machine are not used.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.fetching.addresses import Resolver, is_public, resolve
from tracker.fetching.addressing import Target, joined, one_line, target
from tracker.fetching.deadline import Deadline
from tracker.model import InputError

if TYPE_CHECKING:
    from urllib3 import HTTPResponse
    from urllib3.connection import HTTPConnection

USER_AGENT = "casualty-tracker (reads news for casualty figures)"
ACCEPT = "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5"
REDIRECTS = (301, 302, 303, 307, 308)
AT_A_TIME = 65_536  # bytes
PASSING = (429, 500, 502, 503, 504)  # states that may pass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one fetch: bytes (packed, and unpacked), seconds (in all, and to connect), redirects."""

    most_bytes: int = 50_000_000
    seconds: float = 60.0
    connect_seconds: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server: the address after redirects, the status, headers in lower case, the body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case: "text/html"."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def passing(self) -> bool:
        """Whether the state may pass, so that a later request may succeed."""
        return self.status in PASSING


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches within limits. `allow_private` is for own servers; `resolve` looks up the addresses of a name.

    `advice` says how a private address could be fetched, where the user has the choice ("--allow-private allows it").
    """

    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    user_agent: str = USER_AGENT
    resolve: Resolver = resolve
    advice: str = ""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer if its status is 2xx; otherwise an InputError that names the address."""
        answer = self.ask(url, headers)
        if not 200 <= answer.status < 300:
            raise InputError(url, f"answers {_in_words(answer.status)}{_where(url, answer.url)}")
        return answer

    def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer after redirects, whatever its status; InputError where none comes within the limits."""
        deadline = Deadline(self.limits.seconds)
        here, url = url.partition("#")[0], one_line(url)  # the fragment is not sent to a server
        for _ in range(self.limits.redirects + 1):
            answer = self._once(here, url, headers or {}, deadline)
            location = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not location:
                return answer
            here = joined(here, location)
        raise InputError(url, f"redirects more than {self.limits.redirects} times")

    def _once(self, here: str, asked: str, headers: Mapping[str, str], deadline: Deadline) -> Answer:
        """The answer to one request; InputErrors name the address that the user gave."""
        from http.client import HTTPException

        from urllib3.exceptions import HTTPError

        where = _where(asked, here)
        try:
            at = target(here)
            connection = self._connected(at, self._checked(at), deadline)
            with closing(connection), deadline.cutting(connection.sock):
                connection.request("GET", at.path, headers=self._headers(at, headers), preload_content=False)
                answer = self._answer(connection.getresponse(), here)
                deadline.check()
                return answer
        except (HTTPError, HTTPException, OSError) as error:
            raise InputError(asked, f"{self._reason(error, deadline)}{where}") from error
        except _NotPublicError as error:
            advice = (
                f": {self.advice}" if self.advice and not where else ""
            )  # nobody asked for what a redirect leads to
            raise InputError(asked, f"{error.what}{where}{advice}") from error
        except (InputError, ValueError) as error:
            raise InputError(asked, f"{getattr(error, 'what', error)}{where}") from error

    def _headers(self, at: Target, headers: Mapping[str, str]) -> dict[str, str]:
        ours = {"Host": at.authority, "User-Agent": self.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip"}
        return {**ours, "Connection": "close", **headers}

    def _checked(self, at: Target) -> list[str]:
        """The IP addresses of the host. InputError where any of them is not public."""
        try:
            found = self.resolve(at.host, at.port)
        except (OSError, UnicodeError) as error:
            raise InputError(at.host, f"there is no host {at.host}") from error
        inside = next((address for address in found if not is_public(address)), None)
        if inside is not None and not self.allow_private:
            raise _NotPublicError(at.host, f"leads to {inside}, which is not public")
        return found

    def _connected(self, at: Target, addresses: list[str], deadline: Deadline) -> HTTPConnection:
        """A connection to the first of the addresses that accepts one."""
        import ssl  # here, because most runs fetch nothing

        for place, address in enumerate(addresses):
            seconds = min(self.limits.connect_seconds, deadline.left())
            connection = _connection(at, address, seconds)
            try:
                connection.connect()
            except OSError as error:
                connection.close()
                if isinstance(error, ssl.SSLError) or place == len(addresses) - 1:
                    raise
            except Exception:
                connection.close()
                if place == len(addresses) - 1:
                    raise
            else:
                return connection
        raise InputError(at.host, f"there is no host {at.host}")

    def _answer(self, response: HTTPResponse, url: str) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = bytearray()
        if response.status not in REDIRECTS:
            stated = headers.get("content-length", "")
            if stated.isascii() and stated.isdecimal() and int(stated[:20]) > self.limits.most_bytes:
                raise InputError(url, self._too_large())
            while part := response.read(AT_A_TIME, decode_content=True):
                body += part
                if len(body) > self.limits.most_bytes:
                    raise InputError(url, self._too_large())
        return Answer(url, response.status, headers, bytes(body))

    def _too_large(self) -> str:
        return f"is larger than {self.limits.most_bytes:,} bytes"

    def _reason(self, error: Exception, deadline: Deadline) -> str:
        """A short reason why there was no answer."""
        import ssl

        from urllib3 import exceptions as of

        if deadline.left() <= 0.0 or isinstance(error, of.ReadTimeoutError):
            return f"took longer than {self.limits.seconds:g} s"
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, ssl.SSLError):
            cause = cause.__cause__ or cause.__context__
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"has no valid certificate: {cause.verify_message}"
        if isinstance(error, of.NewConnectionError):
            return "does not answer"
        if isinstance(error, of.ConnectTimeoutError | TimeoutError):
            return f"does not answer within {self.limits.connect_seconds:g} s"
        if isinstance(error, of.DecodeError):
            return "sends what cannot be unpacked"
        return f"breaks off ({type(error).__name__})"


class _NotPublicError(InputError):
    """A host has an address that is not public."""


def _connection(at: Target, address: str, seconds: float) -> HTTPConnection:
    """A connection to an IP address of a host, not yet open."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    if at.scheme == "http":
        return HTTPConnection(address, at.port, timeout=seconds)
    return HTTPSConnection(address, at.port, timeout=seconds, server_hostname=at.host)


def _in_words(status: int) -> str:
    from http import HTTPStatus

    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _where(asked: str, here: str) -> str:
    here = one_line(here)
    return "" if here == asked.partition("#")[0] else f" (after a redirect to {here[:200]})"
