"""The ASGI application."""

from __future__ import annotations

import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.graph.terms import BASE
from kg.resources import ontology_dir, version
from kg.serve import service
from kg.serve.describe import FORMS
from kg.serve.negotiation import preferred
from kg.serve.pages import HERE, language, query_page, terms
from kg.serve.protocol import Operation, RefusedError, operation
from kg.serve.tasks import JSON, Answer, Ask, Count, Describe, Draw, refusal
from kg.serve.update import Update
from kg.serve.workers import RETRY, Pool

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HTML, TURTLE = FORMS[:2]
DRAWN = "/graph"
"""The drawn page has a policy of its own, with the hashes of its scripts."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, and how much of it; ``token`` lets its bearer write, "" nobody."""

    graph: str
    workers: int = 2
    timeout: float = 30.0
    rows: int = 10_000
    body: int = 1_000_000
    token: str = ""
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")


def application(settings: Settings) -> Starlette:
    """Return the application; its processes start and end with its lifespan."""
    server = _Server(settings)
    middleware = [
        Middleware(_Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts)),
    ]
    if settings.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(settings.origins),
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Authorization", "Content-Type"],
                expose_headers=["KG-Truncated"],
            )
        )
    return Starlette(
        routes=[
            Route("/", server.home),
            Route("/sparql", server.sparql, methods=["GET", "POST"]),
            Route("/queries/{name}", server.named),
            Route("/resource", server.resource),
            Route(DRAWN, server.drawn),
            Route("/health", server.health),
            Route("/terms.json", server.terms),
            Route("/ontology", server.ontology),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Route("/{path:path}", server.thing),
        ],
        middleware=middleware,
        lifespan=server.lifespan,
    )


class _Server:
    """The routes, over a pool of workers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: Pool | None = None

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Start the workers, and end them."""
        self._pool = Pool(self._settings.graph, self._settings.workers, self._settings.timeout)
        try:
            yield
        finally:
            self._pool.close()

    @property
    def _workers(self) -> Pool:
        if self._pool is None:
            raise RuntimeError("the application was not started")
        return self._pool

    async def home(self, request: Request) -> Response:
        """The page with the editor."""
        return Response(query_page(_language(request)), media_type=HTML)

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 Protocol; a GET without a query is the service description."""
        accept = request.headers.get("accept", "")
        if request.method == "GET" and preferred(accept, (JSON, TURTLE, HTML)) == HTML:
            return await self.home(request)  # which asks the query that the address holds
        try:
            asked = operation(
                request.method,
                request.url.query.encode("utf-8", "surrogateescape"),
                request.headers.get("content-type", ""),
                await _body(request, self._settings.body),
            )
        except RefusedError as error:
            return _sent(refusal(error.status, str(error)))
        if asked is None:
            writable = bool(self._settings.token)
            return _sent(Answer(service.description(str(request.url), writable), TURTLE))
        if asked.update:
            return await self._update(request, asked)
        ask = Ask(
            asked.text,
            accept,
            self._settings.rows,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        )
        return _sent(await self._workers.ask(ask))

    async def _update(self, request: Request, asked: Operation) -> Response:
        if not self._settings.token:
            return _sent(refusal(403, "the server only reads; start it with --writable"))
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        known = hmac.compare_digest(token.strip().encode(), self._settings.token.encode())
        if scheme.lower() != "bearer" or not known:
            refused = refusal(401, "an update needs Authorization: Bearer with the token")
            return _sent(refused, {"WWW-Authenticate": 'Bearer realm="kg"'})
        return _sent(await self._workers.update(Update(asked.text)))

    async def named(self, request: Request) -> Response:
        """Answer one of kg's own queries, its parameters taken from the address."""
        ask = Ask(
            "",
            request.headers.get("accept", ""),
            self._settings.rows,
            named=request.path_params["name"],
            values=dict(request.query_params),
        )
        return _sent(await self._workers.ask(ask))

    async def resource(self, request: Request) -> Response:
        """Anything that the graph knows, by its IRI; ``format`` decides over Accept."""
        iri = request.query_params.get("iri", "")
        form = request.query_params.get("format", "")
        known = dict(zip(("html", "turtle", "json-ld"), FORMS, strict=True))
        accept = known.get(form, request.headers.get("accept", ""))
        return _sent(await self._workers.ask(Describe((iri,), accept, _language(request))))

    async def thing(self, request: Request) -> Response:
        """An entity, an article or a statement under the path that its IRI has."""
        path = request.path_params["path"]
        iris = (BASE + path, BASE + "/".join(quote(part, safe="") for part in path.split("/")))
        accept = request.headers.get("accept", "")
        return _sent(await self._workers.ask(Describe(iris, accept, _language(request))))

    async def drawn(self, request: Request) -> Response:
        """The interactive page."""
        return _sent(await self._workers.ask(Draw(_language(request))))

    async def health(self, _: Request) -> Response:
        """Whether it answers, and how many articles there are."""
        answer = await self._workers.ask(Count())
        fine = answer.status == 200
        said = {
            "status": "ok" if fine else "failing",
            "version": version(),
            **({"articles": int(answer.body)} if fine else {"reason": answer.body.decode()}),
        }
        return Response(json.dumps(said), 200 if fine else 503, media_type="application/json")

    async def ontology(self, _: Request) -> Response:
        """The ontology, at the path that its IRI has."""
        return _sent(Answer((ontology_dir() / "kg.ttl").read_bytes(), TURTLE))

    async def terms(self, request: Request) -> Response:
        """What the editor completes."""
        return Response(terms(_language(request)), media_type="application/json")


def _language(request: Request) -> str:
    return language(request.headers.get("accept-language", ""))


def _sent(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    media = answer.media
    if media.startswith("text/") or media.endswith("+xml"):
        media += "; charset=utf-8"
    more = RETRY if answer.status == 503 else {}
    return Response(
        answer.body,
        answer.status,
        headers={"Vary": "Accept, Accept-Language", "Content-Type": media}
        | dict(answer.headers)
        | more
        | (headers or {}),
    )


async def _body(request: Request, most: int) -> bytes:
    found = bytearray()
    try:
        async for part in request.stream():
            found += part
            if len(found) > most:
                raise RefusedError(413, f"the request has over {most} bytes")
    except ClientDisconnect as error:
        raise RefusedError(400, "the request broke off") from error
    return bytes(found)


class _Headers:
    """Headers that every response has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to what comes back."""
        more = dict(SECURITY)
        if scope["type"] == "http" and scope["path"] != DRAWN:
            more["Content-Security-Policy"] = POLICY

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                have: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
                have += [(name.lower().encode(), value.encode()) for name, value in more.items()]
                message = {**message, "headers": have}
            await send(message)

        await self._app(scope, receive, sending)
