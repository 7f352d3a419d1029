"""Which of the forms on offer a request wants (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """Return the media type of ``offered`` that ``accept`` wants most, or None.

    ``offered`` stands in the server's own order of liking, which decides between equals. An
    empty header accepts everything. A more specific range decides over a wider one.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    if not ranges:
        return offered[0] if offered else None
    quality = {media: _quality(media, ranges) for media in offered}
    best = max(offered, key=lambda media: quality[media], default=None)
    return best if best is not None and quality[best] > 0 else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = min(max(float(value), 0.0), 1.0)
            except ValueError:
                weight = 0.0
    return media, weight


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    kind = media.partition("/")[0]
    for wanted in (media, f"{kind}/*", "*/*"):
        found = [weight for of, weight in ranges if of == wanted]
        if found:
            return max(found)
    return 0.0
