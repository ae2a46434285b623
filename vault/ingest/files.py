"""A file read by ranges from whoever holds it, as the file object that parsers expect."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable

Fetch = Callable[[int, int], bytes]
"""Gives up to so many bytes (second) from an offset (first)."""

BLOCK = 256 * 1024
BLOCKS_KEPT = 128


def open_range(size: int, fetch: Fetch) -> io.BufferedReader:
    """A file of `size` bytes that is fetched by ranges, buffered for small reads."""
    return io.BufferedReader(RangeFile(size, fetch), 64 * 1024)


class RangeFile(io.RawIOBase):
    """A read-only file of `size` bytes; blocks of 256 KiB are fetched when needed and kept.

    At most 32 MiB are held, however large the file is.
    """

    def __init__(self, size: int, fetch: Fetch) -> None:
        super().__init__()
        self._size = size
        self._fetch = fetch
        self._at = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        """Always: it is made for reading."""
        return True

    def seekable(self) -> bool:
        """Always: any range can be asked for."""
        return True

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset; before the beginning is a ValueError, as for other files."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("negative seek position")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as the file goes; returns how many bytes were put there."""
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and self._at < self._size:
            number, inside = divmod(self._at, BLOCK)
            part = self._block(number)[inside : inside + len(view) - done]
            if not part:
                break
            view[done : done + len(part)] = part
            done += len(part)
            self._at += len(part)
        return done

    def _block(self, number: int) -> bytes:
        held = self._blocks.get(number)
        if held is None:
            start = number * BLOCK
            held = self._fetch(start, min(BLOCK, self._size - start))
            self._blocks[number] = held
            if len(self._blocks) > BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(number)
        return held
