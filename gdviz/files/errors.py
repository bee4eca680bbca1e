"""The one exception that files raise, and how what they hold is shown in its sentence."""

from __future__ import annotations

from pathlib import Path

_LONGEST_QUOTE = 40


class FileError(Exception):
    """A file that cannot be used; the text is one sentence that says what, where and what to do."""


def file_name(path: Path) -> str:
    """Return the file's name as it can stand in a one-line sentence."""
    return _printable(path.name or str(path))


def full_name(path: Path) -> str:
    """Return the whole path as it can stand in a one-line sentence."""
    return _printable(str(path))


def quoted(text: str) -> str:
    """Return a cell or a name in quotes, shortened, without line breaks or control characters."""
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 1] + "…"
    return f"'{_printable(text)}'"


def quoted_list(names: tuple[str, ...]) -> str:
    """Return names for a sentence: the first dozen."""
    shown = ", ".join(quoted(name) for name in names[:12])
    return shown + ", …" if len(names) > 12 else shown


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def exists(path: Path) -> bool:
    """Whether there is such a file or folder, as far as one may look; a name too long is none."""
    try:
        return path.exists()
    except OSError:
        return False
