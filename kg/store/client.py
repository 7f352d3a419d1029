"""HTTP to a server, with its ways of asking who one is."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from kg.errors import InputError, StoreError
from kg.store.wording import in_lines

TRIES = 4
BUSY = frozenset((502, 503, 504))
WAIT = 0.25
"""Seconds before a read is tried again; twice as long each time."""
PATIENCE = httpx.Timeout(600, connect=10)
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
WHO = "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"


class Challenged(httpx.Auth):
    """Basic (RFC 7617) or Digest (RFC 7616) access, as the server asks for it."""

    requires_response_body = True

    def __init__(self, user: str, password: str) -> None:
        self._given = user, password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Answer the first challenge; later requests answer it before it is made."""
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            digest = "digest" in asked
            self._chosen = (httpx.DigestAuth if digest else httpx.BasicAuth)(*self._given)
        yield from self._chosen.auth_flow(request)


class Bearer(httpx.Auth):
    """A token (RFC 6750)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the token with every request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Client:
    """Requests to one server; redirects are not followed, so nothing goes to another."""

    def __init__(self, address: str) -> None:
        """Raise InputError for what is no address of HTTP."""
        self.address, auth, host = _taken_apart(address)
        try:
            self._http = httpx.Client(
                auth=auth,
                timeout=PATIENCE,
                # A proxy of the environment knows nothing of a server on this machine.
                trust_env=host not in LOOPBACK,
                headers={"User-Agent": "kg"},
            )
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.address}: {error}; mend SSL_CERT_FILE or the proxy") from error

    def read(self, url: str, form: Mapping[str, object], accept: str) -> httpx.Response:
        """Return the answer to a POST that changes nothing, tried again where that may help."""
        for attempt in range(TRIES):
            last = attempt == TRIES - 1
            try:
                response = self._http.post(url, data=dict(form), headers={"Accept": accept})
            except httpx.TransportError as error:
                if last or isinstance(error, httpx.ReadTimeout | httpx.UnsupportedProtocol):
                    raise StoreError(self._unreached(error)) from error
            else:
                if last or response.status_code not in BUSY:
                    return self._admitted(response)
            time.sleep(WAIT * 2**attempt)
        raise AssertionError

    def write(
        self,
        method: str,
        url: str,
        content: bytes,
        kind: str,
        params: Mapping[str, str] | None = None,
    ) -> None:
        """Send what changes the store, once; StoreError with the server's words if it fails."""
        try:
            response = self._http.request(
                method, url, content=content, params=params, headers={"Content-Type": kind}
            )
        except httpx.TransportError as error:
            raise StoreError(f"{self._unreached(error)}; run again to complete it") from error
        if self._admitted(response).is_error:
            raise StoreError(f"{self.address} refused to write: {said(response)}; see its log")

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _admitted(self, response: httpx.Response) -> httpx.Response:
        match response.status_code:
            case 401 | 403:
                raise StoreError(f"{self.address} does not let you in: {said(response)}; {WHO}")
            case 404 | 405 | 410:
                example = "give that of its SPARQL queries, like http://localhost:7878/query"
                raise StoreError(
                    f"{response.url.copy_with(query=None)} is no address for this: "
                    f"{said(response)}; {example}"
                )
            case status if 300 <= status < 400:
                place = in_lines(response.headers.get("location", "elsewhere"))
                raise StoreError(f"{self.address} sends on to {place}; give that address")
        return response

    def _unreached(self, error: httpx.TransportError) -> str:
        reason = in_lines(str(error)) or type(error).__name__
        return f"{self.address} does not answer: {reason}; is it running?"


def said(response: httpx.Response) -> str:
    """Return a server's own words for what went wrong, with its status."""
    words = in_lines(response.content.decode("utf-8", "replace"))
    return f"{response.status_code} {words or response.reason_phrase}"


def _taken_apart(address: str) -> tuple[str, httpx.Auth | None, str]:
    """Return an address without what is secret in it, who asks, and the host."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InputError(f"{in_lines(address)} is no address: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"{in_lines(address)} is no address of a server; it begins with http://")
    shown = f"[{host}]" if ":" in host else host
    if port is not None:
        shown = f"{shown}:{port}"
    clean = urlunsplit((parts.scheme, shown, parts.path, parts.query, ""))
    if token := os.environ.get("KG_STORE_TOKEN"):
        return clean, Bearer(_header(token)), host
    user = unquote(parts.username or "") or os.environ.get("KG_STORE_USER", "")
    password = unquote(parts.password or "") or os.environ.get("KG_STORE_PASSWORD", "")
    return clean, Challenged(user, password) if user else None, host


def _header(token: str) -> str:
    if not token.isascii() or not token.isprintable():
        raise InputError("KG_STORE_TOKEN holds what no token may; it is printable ASCII")
    return token
