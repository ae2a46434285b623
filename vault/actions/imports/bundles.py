"""ZIP files: each member that can be read becomes a record that names the ZIP as its parent."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeVar

from vault.actions.imports import keep
from vault.actions.imports.gather import foreign
from vault.actions.imports.reading import Progress, Watch
from vault.actions.imports.seal import Arrival, Origin, known, take
from vault.actions.session import Session
from vault.errors import CannotRead, Damaged, Refused, Stopped
from vault.model.bundles import FREE_TOTAL_BYTES, TOTAL_BYTES, Member, Piece, too_tight
from vault.model.media import SNIFF_BYTES, ZIP, sniff
from vault.model.records import Record, RecordStatus
from vault.safetext import safe_file_name
from vault.store import records
from vault.store.originals import SealedReader
from vault.workers.pool import Pool

T = TypeVar("T")

_KEPT_BYTES = 8 * 1024**2
"""A member up to this long is unpacked once: sealing reads it twice."""

_NESTED = "a ZIP inside a ZIP is not opened; unpack it and import what is in it"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its record, whether it was there before, or why it is refused.

    `restored` says that the record was brought back from the trash.
    """

    file: str
    record: str = ""
    duplicate: bool = False
    refused: str = ""
    restored: bool = False


@dataclass(slots=True)
class _Room:
    """How much a ZIP may still unpack to: counted by what comes, not by what it says of itself."""

    packed: int
    used: int = 0

    def spend(self, size: int) -> None:
        """Count bytes that came; raises Refused for too many."""
        self.used += size
        if self.used > TOTAL_BYTES or too_tight(self.packed, self.used, FREE_TOTAL_BYTES):
            raise Refused("the ZIP unpacks to more than it says")


class MemberStream(io.RawIOBase):
    """A member of a ZIP as a file: `ask` gives the piece from an offset, `size` bounds it all.

    What was unpacked first is kept, so that a second pass over a small member asks nobody.
    Raises Refused where the member cannot be unpacked or is longer than `size`.
    """

    def __init__(
        self, size: int, ask: Callable[[int], Piece], spend: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._size = size
        self._ask = ask
        self._spend = spend
        self._at = 0
        self._seen = 0
        self._kept = bytearray()
        self._piece, self._piece_at = b"", 0
        self._end: int | None = None

    def readable(self) -> bool:
        """Always: it is made for reading."""
        return True

    def seekable(self) -> bool:
        """Always: any offset can be asked for."""
        return True

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset, from the beginning or from here."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as what is at hand goes; returns how many bytes were put there."""
        view = memoryview(buffer).cast("B")
        part = self._part(len(view))
        view[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _part(self, length: int) -> bytes:
        if self._at < len(self._kept):
            return bytes(self._kept[self._at : self._at + length])
        inside = self._at - self._piece_at
        if not 0 <= inside < len(self._piece):
            if self._end is not None and self._at >= self._end:
                return b""
            self._fetch()
            inside = 0
        return self._piece[inside : inside + length]

    def _fetch(self) -> None:
        piece = self._ask(self._at)
        if piece.problem:
            raise Refused(piece.problem)
        stop = self._at + len(piece.data)
        if stop > self._size:
            raise Refused("it is longer than the ZIP says")
        self._spend(max(0, stop - self._seen))
        self._seen = max(self._seen, stop)
        if len(self._kept) == self._at and stop <= _KEPT_BYTES:
            self._kept += piece.data
        self._piece, self._piece_at = piece.data, self._at
        if piece.end:
            self._end = stop


@dataclass(slots=True)
class Unpacker:
    """Takes the members of ZIPs in; one worker of its own goes through each from end to end.

    Handing the pieces of a member to different workers would have each unpack all before them.
    """

    session: Session
    watch: Watch = field(default_factory=Watch)
    password: str = ""
    _own: Pool | None = None

    def __enter__(self) -> Unpacker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._own is not None:
            self._own.close(kill=True)

    def unpack(self, bundle: Record, origin: Origin) -> tuple[Outcome, ...]:
        """Seal every member of a sealed ZIP that can be read; one outcome a member.

        A ZIP that cannot be opened is one outcome, its own. Members that have their record are
        not unpacked again, so a ZIP that was cut off goes on. Raises Stopped where the watch
        says so, Damaged where the vault itself is at fault.
        """
        with contextlib.ExitStack() as stack:
            try:
                opened = self.session.vault.originals.open(bundle.original)
                source = stack.enter_context(opened)
                members = self._members(source)
            except (Damaged, Refused) as error:
                return (self._not_opened(bundle, error.sentence),)
            found = tuple(self._take_all(bundle, source, members, origin))
        if bundle.status is not RecordStatus.STORED:
            with self.session.vault.write("record.finished", bundle.id) as db:
                records.finish(db, bundle.id, RecordStatus.STORED)
        return found

    def _not_opened(self, bundle: Record, why: str) -> Outcome:
        if bundle.status is RecordStatus.STORED:  # opened before, so it is none the worse
            return Outcome(bundle.title, refused=why)
        keep.unreadable(self.session, bundle, why)
        return Outcome(bundle.title, bundle.id)

    def _pool(self) -> Pool:
        if self._own is None:
            self._own = Pool(1)
        return self._own

    def _await(self, future: Future[T]) -> T:
        while not wait([future], timeout=0.2).done:
            self._ask_to_stop()
        return future.result()

    def _ask_to_stop(self) -> None:
        if self.watch.stop():
            raise Stopped("the files sealed so far are kept", "the same command goes on from there")

    def _members(self, source: SealedReader) -> tuple[Member, ...]:
        found: list[Member] = []
        while True:
            part = self._await(self._pool().members(source, len(found)))
            if part.problem:
                raise Refused(part.problem)
            found += part.members
            if len(found) >= part.total or not part.members:
                break
        if not found:
            raise Refused("there are no files in it")
        return tuple(found)

    def _take_all(
        self, bundle: Record, source: SealedReader, members: tuple[Member, ...], origin: Origin
    ) -> Iterator[Outcome]:
        held = {r.member: r for r in records.members(self.session.vault.read(), bundle.id)}
        room = _Room(source.size)
        for number, member in enumerate(members):
            self._ask_to_stop()
            title = safe_file_name(member.name)
            self.watch.progress(Progress(bundle.id, title, number, len(members), "file"))
            if member.problem:
                yield Outcome(member.name, refused=member.problem)
            elif member.name in held:
                sealed = known(self.session, held[member.name], origin)
                yield Outcome(member.name, sealed.record.id, sealed.duplicate)
            else:
                yield self._take(bundle, source, member, origin, room)

    def _take(
        self, bundle: Record, source: SealedReader, member: Member, origin: Origin, room: _Room
    ) -> Outcome:
        def ask(offset: int) -> Piece:
            self._ask_to_stop()
            try:
                return self._await(self._pool().piece(source, member.index, offset, self.password))
            except (
                Damaged
            ) as error:  # the sealed ZIP; what the vault's own rows raise is not caught
                raise Refused(error.sentence) from None

        raw = MemberStream(member.size, ask, room.spend)
        try:
            with io.BufferedReader(raw, 64 * 1024) as stream:
                media = sniff(stream.read(SNIFF_BYTES))
                stream.seek(0)
                if media is None or media == ZIP:
                    return Outcome(member.name, refused=_foreign(member.name, media))
                title = safe_file_name(member.name)
                arrival = Arrival(title, media, bundle.id, member.name)
                sealed = take(self.session, stream, arrival, origin)
        except (CannotRead, Refused) as error:  # this member alone; the rest is done
            return Outcome(member.name, refused=error.sentence)
        return Outcome(member.name, sealed.record.id, sealed.duplicate, restored=sealed.restored)


def _foreign(name: str, media: str | None) -> str:
    return _NESTED if media == ZIP else foreign(name)
