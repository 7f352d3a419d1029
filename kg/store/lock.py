"""A folder has one writer at a time, or any number of readers."""

from __future__ import annotations

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]

from kg.errors import StoreError

FILE = "kg.lock"
IN_USE = "the store {} is in use by another process; wait until it is done"


class Lock:
    """A lock on a store's folder: one writer, or any number of readers.

    RocksDB keeps writers apart but lets readers in beside one, whose files it then deletes
    under them. The lock is the operating system's own (flock) and ends with the process; where
    there is none, or the folder cannot be written, readers go unguarded.
    """

    def __init__(self, path: Path, *, exclusive: bool) -> None:
        self._file = -1
        if fcntl is None or not (exclusive or os.access(path, os.W_OK)):
            return
        self._file = os.open(path / FILE, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise StoreError(IN_USE.format(path)) from error

    def release(self) -> None:
        """Let go; may be called again."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        self.release()
