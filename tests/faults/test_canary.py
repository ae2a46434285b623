"""Canaries: a part of the workflows leaves none in any file, and the search finds what is there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.faults import canary, marks


@pytest.mark.ocr
def test_imports_leave_no_canary_in_any_file(tmp_path: Path) -> None:
    """Records are taken in, and an import is killed in the middle."""
    rng = random.Random(2)
    words = marks.canaries(canary.COUNT, rng)
    home = canary.home(tmp_path)
    _, record = canary.take_in(home, words)
    assert canary.killed(home, 1, words, rng) == 1
    home.run("record", "text", record)
    assert home.wrong == []
    encoded = marks.encoded(words)
    assert words[6] in marks.in_bytes(b"".join(home.came_out), encoded)
    assert marks.in_files(home.searched, encoded) == []


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_a_canary_in_any_encoding_is_found(tmp_path: Path, code: str, change: type[str]) -> None:
    """A control: in the middle of a file, and small or capital letters."""
    words = marks.canaries(3, random.Random(1))
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "plain").write_bytes(b"\1\0" + change(words[1]).encode(code) + b"\2")
    (hit,) = marks.in_files([tmp_path], marks.encoded(words))
    assert hit == marks.Hit(words[1], str(tmp_path / "below" / "plain"))
    assert marks.in_files([tmp_path], marks.encoded(words[:1])) == []


def test_a_canary_in_a_file_name_is_found(tmp_path: Path) -> None:
    """A control: the name of a file tells as much as its content."""
    (word,) = marks.canaries(1, random.Random(1))
    (tmp_path / f"{word}.tmp").touch()
    assert [hit.word for hit in marks.in_files([tmp_path], marks.encoded([word]))] == [word]
