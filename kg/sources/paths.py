"""Find the files that a user's arguments mean: files, folders and patterns."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from kg.sources.notice import Skipped

STDIN = "-"
_MAGIC = re.compile(r"[*?\[]")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def origin(path: str | os.PathLike[str]) -> str:
    """Return ``path`` as given, with forward slashes, fit to stand in one line of a message."""
    return _UNSAFE.sub("\ufffd", Path(path).as_posix())


def expand(source: str | os.PathLike[str], suffixes: Collection[str]) -> Iterator[Path | Skipped]:
    """Yield the files of one argument in sorted order, and what of it cannot be used.

    In a folder hidden files, links to folders and files of other kinds are passed over.
    """
    given = os.fspath(source)
    if not given:
        yield Skipped("''", "an empty path; name a file, a folder or a pattern")
        return
    path = Path(given)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        if isinstance(error, FileNotFoundError) and _MAGIC.search(given):
            yield from _glob(path, suffixes)
        else:
            yield Skipped(origin(path), reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, suffixes)
    else:
        yield _file(path, suffixes)


def reason(error: OSError | ValueError) -> str:
    """Return why a file cannot be opened or read, and what to do about it."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "no such file; check the path"
        case PermissionError():
            return "may not be read; change its permissions"
        case OSError():
            return f"cannot be read ({error.strerror}); check the file"
        case _:
            return "not a path; check its characters"


def _file(path: Path, suffixes: Collection[str]) -> Path | Skipped:
    if path.suffix.lower() in suffixes:
        return path
    kind = path.suffix or "a file without a suffix"
    return Skipped(origin(path), f"unknown format {kind}; known: {' '.join(sorted(suffixes))}")


def _folder(folder: Path, suffixes: Collection[str]) -> Iterator[Path | Skipped]:
    errors: list[OSError] = []
    empty = True
    for where, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and path.suffix.lower() in suffixes:
                empty = False
                yield path
        while errors:
            error = errors.pop()
            yield Skipped(origin(error.filename), reason(error))
    for error in errors:
        empty = False
        yield Skipped(origin(error.filename), reason(error))
    if empty:
        yield Skipped(origin(folder), f"holds no file of {' '.join(sorted(suffixes))}")


def _glob(pattern: Path, suffixes: Collection[str]) -> Iterator[Path | Skipped]:
    parts = pattern.parts
    if parts[-1] == "**":  # the same as the folder before it, on every version of Python
        parts = parts[:-1] if _MAGIC.search("".join(parts[:-1])) else (*parts[:-1], "*")
    first = next(i for i, part in enumerate(parts) if _MAGIC.search(part))
    base, wanted = Path(*parts[:first]), parts[first:]
    hidden = any(part.startswith(".") for part in wanted)
    try:
        # Path.glob follows no links below **, so that loops end; a list, for the order.
        found = sorted(base.glob(str(Path(*wanted))))
    except (OSError, ValueError):
        yield Skipped(origin(pattern), "not a pattern; ** stands alone between slashes")
        return
    found = [p for p in found if hidden or not _is_hidden(p.relative_to(base))]
    for path in found:
        yield from expand(path, suffixes)
    if not found:
        yield Skipped(origin(pattern), "matches no file; check the pattern")


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
