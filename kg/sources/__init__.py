"""Read news texts: files, folders, patterns and standard input become articles."""

from kg.registry import readers
from kg.sources.article import article
from kg.sources.lines import read_jsonl
from kg.sources.markdown import read_markdown
from kg.sources.notice import Note, Skipped
from kg.sources.page import read_html
from kg.sources.plain import read_plain
from kg.sources.reading import Reader, read
from kg.sources.table import read_csv

__all__ = ["Note", "Reader", "Skipped", "article", "read"]

_BUILT_IN: dict[str, Reader] = {
    ".csv": read_csv,
    ".htm": read_html,
    ".html": read_html,
    ".jsonl": read_jsonl,
    ".md": read_markdown,
    ".txt": read_plain,
}
for _suffix, _reader in _BUILT_IN.items():
    readers.register(_suffix, func=_reader)
