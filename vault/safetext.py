"""Text from a file or a person made safe to show: no control codes, no hidden direction marks."""

from __future__ import annotations

import re
import unicodedata

# C0 but tab and newline, DEL, C1, and lone surrogates never reach a terminal or a letter.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Embeddings, overrides and isolates can show text in another order than it is stored in.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2028\u2029\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
BIDI_MARK = "\N{WHITE DIAMOND CONTAINING BLACK SMALL DIAMOND}"


def safe(text: str, limit: int = 1_000_000) -> str:
    r"""Return `text` in NFC without control codes; direction marks become a visible sign.

    At most `limit` characters are kept; `\r\n` and `\r` become `\n`.
    """
    text = text[:limit].replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    text = _INVISIBLE.sub("", text)
    # Last, for taking a code out can leave a letter and its accent side by side.
    return unicodedata.normalize("NFC", _BIDI.sub(BIDI_MARK, text))


def safe_line(text: str, limit: int = 500) -> str:
    """Return `text` as one safe line: as `safe`, with every run of white space one blank."""
    if text.isascii() and text.isprintable() and " " not in text:  # most words of most pages
        return text[:limit]
    return " ".join(safe(text, limit * 4).split())[:limit].rstrip()


def safe_file_name(name: str, limit: int = 120) -> str:
    """Return the last part of a foreign path as a title; it is shown and never used as a path."""
    last = re.split(r"[/\\]", name)[-1]
    return safe_line(last, limit) or "unnamed"
