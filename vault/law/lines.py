"""Finds the line of a key in TOML text, so that an error can say where it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'")
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")|' r"'''.*?'{3,5}(?!')|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]*")


class _Scan:
    """A walk over text that a TOML parser has taken already; what it cannot follow it passes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self._table: Path = ()
        self._counts: dict[Path, int] = {}

    def run(self) -> None:
        """Note the line of every table, key and array element."""
        while self._skip() < len(self.text):
            before = self.at
            if self.text[self.at] == "[":
                self._header()
            else:
                self._pair(self._table)
            if self.at == before:
                self.at += 1

    def _skip(self) -> int:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at

    def _take(self, sign: str) -> bool:
        if self.text.startswith(sign, self._skip()):
            self.at += len(sign)
            return True
        return False

    def _note(self, path: Path) -> None:
        self.found.setdefault(path, self.text.count("\n", 0, self.at) + 1)

    def _keys(self) -> tuple[str, ...]:
        keys = []
        while (key := _KEY.match(self.text, self._skip())) is not None:
            keys.append(key.group().strip("\"'"))
            self.at = key.end()
            if not self._take("."):
                break
        return tuple(keys)

    def _header(self) -> None:
        array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if array else 1
        path: Path = ()
        keys = self._keys()
        for number, key in enumerate(keys, 1):
            path += (key,)
            last = number == len(keys)
            if last and array:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path += (self._counts[path],)
        self._take("]]" if array else "]")
        end, self.at = self.at, start
        self._note(path)
        self._note(path[:-1])
        self.at = end
        self._table = path

    def _pair(self, base: Path) -> None:
        self._skip()
        start = self.at
        path = base + self._keys()
        end, self.at = self.at, start
        self._note(path)
        self.at = end
        if self._take("="):
            self._value(path)

    def _value(self, path: Path) -> None:
        self._skip()
        self._note(path)
        if self._take("["):
            index = 0
            while not self._take("]") and self.at < len(self.text):
                before = self.at
                self._value((*path, index))
                index += 1
                self._take(",")
                self.at += self.at == before
        elif self._take("{"):
            while not self._take("}") and self.at < len(self.text):
                before = self.at
                self._pair(path)
                self._take(",")
                self.at += self.at == before
        else:
            value = _TEXT.match(self.text, self.at) or _BARE.match(self.text, self.at)
            self.at = max(value.end() if value else 0, self.at)


def lines(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table, key and array element of TOML text, by its path.

    Tables of an array stand at `(name, index)`, as in the parsed document.
    """
    scan = _Scan(text)
    scan.run()
    return scan.found


def line_of(found: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it; 1 where nothing is known."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)
