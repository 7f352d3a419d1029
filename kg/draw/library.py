"""vis-network, as the installed pyvis carries it: read when a page is drawn, and checked."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import pyvis

from kg.errors import InputError

_FILE = Path("lib", "vis-9.1.2", "vis-network.min.js")
_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


@cache
def script(package: Path | None = None) -> str:
    """Return the text of vis-network 9.1.2, without the line that asks for a source map.

    Raises InputError where the file in ``package``, the installed pyvis, is another one.
    """
    folder = package or Path(pyvis.__file__).parent
    try:
        data = (folder / _FILE).read_bytes()
    except OSError as error:
        raise InputError("pyvis 0.3.2 is needed; pip install pyvis==0.3.2") from error
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise InputError("pyvis is not 0.3.2 as published; pip install pyvis==0.3.2")
    # A browser reads CRLF as LF, and the page's policy names the hash of what it reads.
    text = data.decode("utf-8").replace("\r\n", "\n")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)
