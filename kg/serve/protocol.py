"""What a request to the endpoint asks (SPARQL 1.1 Protocol, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


class RefusedError(Exception):
    """The request is not one of the protocol; ``status`` and one line say why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, and the dataset that the protocol gives it."""

    text: str
    update: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def operation(method: str, url: bytes, media: str, body: bytes) -> Operation | None:
    """Return what a request asks, None for a GET without a query.

    ``url`` is the query string as sent, ``media`` the Content-Type. Raises RefusedError.
    """
    given = _pairs(url)
    if method == "GET":
        if any(name == "update" for name, _ in given):
            raise RefusedError(400, "an update is sent by POST")
        return _of(given) if any(name == "query" for name, _ in given) else None
    kind, _, parameters = media.partition(";")
    kind = kind.strip().lower()
    if kind == FORM:
        return _of([*given, *_pairs(body)])
    if kind not in (QUERY, UPDATE):
        raise RefusedError(415, f"send {QUERY}, {UPDATE} or {FORM}")
    if any(name in ("query", "update") for name, _ in given):
        raise RefusedError(400, "one operation is needed; it stands in the body")
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        raise RefusedError(415, "send UTF-8")
    name = "query" if kind == QUERY else "update"
    return _of([*given, (name, _text(body))])


def _of(given: list[tuple[str, str]]) -> Operation:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in given if key == name)

    texts = (*values("query"), *values("update"))
    if len(texts) != 1:
        raise RefusedError(400, f"one query or update is needed, not {len(texts)}")
    update = bool(values("update"))
    if update and (values("using-graph-uri") or values("using-named-graph-uri")):
        raise RefusedError(400, "using-graph-uri is not supported; write USING in the update")
    return Operation(
        texts[0],
        update,
        default_graphs=values("default-graph-uri"),
        named_graphs=values("named-graph-uri"),
    )


def _pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except UnicodeDecodeError as error:
        raise RefusedError(
            400, "the parameters are not in UTF-8, or not percent-encoded"
        ) from error
    except ValueError as error:
        raise RefusedError(400, "there are too many parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the body is not in UTF-8") from error
