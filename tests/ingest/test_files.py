"""A file fetched by ranges reads like any other file."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from vault.ingest import files
from vault.ingest.files import RangeFile, open_range


@given(
    size=st.integers(0, 3 * files.BLOCK),
    steps=st.lists(
        st.tuples(st.integers(0, 3 * files.BLOCK), st.integers(0, files.BLOCK)), max_size=5
    ),
)
def test_any_reads_give_what_a_file_in_memory_gives(
    size: int, steps: list[tuple[int, int]]
) -> None:
    """Any reads give what a file in memory gives."""
    data = bytes(i % 251 for i in range(size))
    ranged = open_range(size, lambda offset, length: data[offset : offset + length])
    plain = io.BytesIO(data)
    for offset, length in steps:
        ranged.seek(offset)
        plain.seek(offset)
        assert ranged.read(length) == plain.read(length)


def test_only_the_blocks_that_are_needed_are_fetched_and_each_once() -> None:
    """Only the blocks that are needed are fetched and each once."""
    asked: list[int] = []

    def fetch(offset: int, length: int) -> bytes:
        asked.append(offset)
        return bytes(length)

    ranged = RangeFile(100 * files.BLOCK, fetch)
    for _ in range(3):
        ranged.seek(50 * files.BLOCK + 7)
        assert len(ranged.read(10)) == 10
    assert asked == [50 * files.BLOCK]


def test_no_more_is_kept_than_allowed() -> None:
    """No more is kept than allowed."""
    asked: list[int] = []

    def fetch(offset: int, length: int) -> bytes:
        asked.append(offset)
        return bytes(length)

    blocks = files.BLOCKS_KEPT + 1
    ranged = RangeFile(blocks * files.BLOCK, fetch)
    for number in (*range(blocks), 0):
        ranged.seek(number * files.BLOCK)
        ranged.read(1)
    assert asked.count(0) == 2


def test_a_source_that_gives_nothing_ends_the_reading() -> None:
    """A source that gives nothing ends the reading."""
    assert open_range(500, lambda _offset, _length: b"").read() == b""
