"""Sealed originals: what goes in comes out, once, and never altered without notice."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.store.helpers import Made, disk_calls, flip, names
from vault.errors import CannotRead, CannotWrite, Damaged, NotFound, Refused
from vault.store.keys import Keys
from vault.store.originals import PIECE, Originals, file_of

LIMIT = 10**7
KEYS = Keys(b"k" * 32, b"v" * 16)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folders originals need."""
    for name in ("originals", "tmp", "quarantine"):
        (tmp_path / name).mkdir(mode=0o700)
    return tmp_path


@pytest.fixture
def held(place: Path) -> Originals:
    """Originals in a folder of their own."""
    return Originals(place, KEYS, writable=True)


def invented(size: int) -> bytes:
    """Bytes that do not repeat."""
    return hashlib.shake_256(b"invented").digest(size)


def put(held: Originals, data: bytes) -> str:
    """Seal bytes and return their id."""
    return held.seal(io.BytesIO(data), LIMIT).id


def got(held: Originals, id_: str) -> bytes:
    """The whole of an original."""
    with held.open(id_) as reader:
        return b"".join(reader.pieces())


def leftovers(place: Path) -> list[str]:
    """What lies in tmp/."""
    return names(place / "tmp")


@pytest.mark.parametrize("size", [1, 16383, 16384, 16385, 65536, 200_000])
def test_what_went_in_comes_out(held: Originals, place: Path, size: int) -> None:
    """Every size around a chunk's edge survives, encrypted and private."""
    data = invented(size)
    sealed = held.seal(io.BytesIO(data), LIMIT)
    assert (sealed.size, sealed.new) == (size, True)
    assert got(held, sealed.id) == data
    assert held.check(sealed.id) == size
    assert leftovers(place) == []
    path = place / file_of(sealed.id)
    if size > 16:  # fewer bytes can turn up in any ciphertext by chance
        assert data[:16] not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_ranges_are_slices(held: Originals) -> None:
    """Reading by ranges gives what a slice of the plaintext gives."""
    data = invented(50_000)
    with held.open(put(held, data)) as reader:
        assert reader.size == len(data)
        for offset in (0, 1, 16_383, 16_384, 40_000, 49_999, 50_000, 60_000):
            for length in (0, 1, 16_384, 20_000, 100_000):
                assert reader.read_at(offset, length) == data[offset : offset + length]


def test_an_original_is_on_the_disk_under_its_name_before_it_counts(
    held: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File, new folder in its parent, then the name: each is synced before the next step."""
    seen = disk_calls(monkeypatch)
    put(held, b"a page")
    assert seen == ["sync file", "sync folder", "rename", "sync folder", "sync folder"]


def test_a_file_that_is_there_already_is_on_the_disk_before_it_counts(
    held: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sealed it may have been cut off before its name and its folder were synced."""
    put(held, b"a page")
    seen = disk_calls(monkeypatch)
    put(held, b"a page")
    assert seen == ["sync folder", "sync folder"]


def test_the_same_file_is_kept_once(held: Originals) -> None:
    """A second import of the same bytes writes no second file."""
    first = held.seal(io.BytesIO(b"a page"), LIMIT)
    again = held.seal(io.BytesIO(b"a page"), LIMIT)
    assert (again.id, again.size, again.new) == (first.id, first.size, False)
    assert list(held.stored()) == [first.id]


def test_the_name_tells_nothing_without_the_key(held: Originals, place: Path) -> None:
    """Ids are keyed: they differ between vaults and from a plain hash."""
    other = Originals(place, Keys(b"j" * 32, b"v" * 16), writable=True)
    named, _ = held.identify(io.BytesIO(b"a page"))
    assert named != other.identify(io.BytesIO(b"a page"))[0]
    assert named != hashlib.sha256(b"a page").hexdigest()


def test_it_seals_from_where_the_stream_stands(held: Originals) -> None:
    """What was read of the stream before is not part of the original."""
    stream = io.BytesIO(b"header body")
    stream.seek(7)
    assert got(held, held.seal(stream, LIMIT).id) == b"body"


def test_too_long_and_empty_files_leave_nothing(held: Originals, place: Path) -> None:
    """The limit and the empty file are refused without a trace."""
    with pytest.raises(Refused, match="larger than 9 MiB"):
        held.seal(io.BytesIO(bytes(LIMIT + 1)), LIMIT)
    with pytest.raises(Refused, match="empty"):
        held.seal(io.BytesIO(b""), LIMIT)
    assert list(held.stored()) + leftovers(place) == []


class Changing(io.BytesIO):
    """A file somebody writes to while it is being read: the second pass sees other bytes."""

    def seek(self, offset: int, whence: int = 0) -> int:
        with self.getbuffer() as view:
            view[-1] ^= 1
        return super().seek(offset, whence)


class Growing(io.BytesIO):
    """A file that is longer when it is read again."""

    def seek(self, offset: int, whence: int = 0) -> int:
        super().seek(0, 2)
        self.write(b"more")
        return super().seek(offset, whence)


class Breaking(io.BytesIO):
    """A disk that stops being readable half-way."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(errno.EIO, "no")
        return super().read(size)


@pytest.mark.parametrize("kind", [Changing, Growing])
def test_a_file_that_changes_meanwhile_is_not_kept(
    held: Originals, place: Path, kind: type[io.BytesIO]
) -> None:
    """Bytes changed or added between the two passes are noticed."""
    stream: BinaryIO = kind(invented(100_000))
    with pytest.raises(Refused, match="changed while"):
        held.seal(stream, LIMIT)
    assert list(held.stored()) + leftovers(place) == []


def test_a_source_that_breaks_off_is_told(held: Originals, place: Path) -> None:
    """A read error in the source is told as such."""
    with pytest.raises(CannotRead, match="the disk reports an error"):
        held.seal(Breaking(invented(100_000)), LIMIT)
    assert list(held.stored()) + leftovers(place) == []


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_is_told_and_leaves_nothing(
    held: Originals, place: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Writing, syncing and renaming each may fail; nothing stays, and later it works."""

    def fail(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "no")

    with monkeypatch.context() as patched:
        patched.setattr(Path if call == "replace" else os, call, fail)
        with pytest.raises(CannotWrite, match="the disk is full"):
            held.seal(io.BytesIO(invented(100_000)), LIMIT)
    assert list(held.stored()) + leftovers(place) == []
    assert got(held, put(held, b"there is room again")) == b"there is room again"


def test_a_disk_that_writes_something_else_is_noticed_before_it_counts(
    held: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading back before publishing catches a disk that lies."""
    real = os.write

    def flipping(fd: int, data: memoryview) -> int:
        return real(fd, bytes([data[0] ^ 1]) + bytes(data[1:]))

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", flipping)
        with pytest.raises(CannotWrite, match="does not give back"):
            held.seal(io.BytesIO(b"a page"), LIMIT)
    assert list(held.stored()) == []


@pytest.mark.parametrize("offset", [0, 30, 60, 20_000, -1])
def test_a_flipped_bit_names_the_file(held: Originals, place: Path, offset: int) -> None:
    """Header, chunks and tags: a flip anywhere is reported with the file's name."""
    id_ = put(held, invented(50_000))
    flip(place / file_of(id_), offset)
    with pytest.raises(Damaged, match=f"{file_of(id_)} is damaged"):
        got(held, id_)


@pytest.mark.parametrize("size", [0, 10, 56, 72, 16_456, 50_000])
def test_a_cut_off_file_is_damage(held: Originals, place: Path, size: int) -> None:
    """A shorter file never opens."""
    id_ = put(held, invented(50_000))
    os.truncate(place / file_of(id_), size)
    with pytest.raises(Damaged):
        held.open(id_)


def test_one_original_cannot_stand_in_for_another(held: Originals, place: Path) -> None:
    """The name is bound into the content."""
    one, two = put(held, b"the first"), put(held, b"the second")
    (place / file_of(two)).write_bytes((place / file_of(one)).read_bytes())
    with pytest.raises(Damaged):
        held.open(two)


def test_an_original_of_another_vault_is_not_taken(held: Originals, place: Path) -> None:
    """The vault's id is bound into the content."""
    id_ = put(held, b"a page")
    with pytest.raises(Damaged):
        Originals(place, Keys(b"k" * 32, b"w" * 16), writable=False).open(id_)


def test_a_missing_file_and_a_link_are_damage(held: Originals, place: Path) -> None:
    """A lost file and a planted link are both told as damage."""
    id_ = put(held, b"a page")
    path = place / file_of(id_)
    path.rename(place / "elsewhere")
    with pytest.raises(Damaged, match="is missing"):
        held.open(id_)
    path.symlink_to(place / "elsewhere")
    with pytest.raises(Damaged, match="link"):
        held.open(id_)


@pytest.mark.parametrize("id_", ["", "../../keys", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_name_that_is_none_never_becomes_a_path(held: Originals, id_: str) -> None:
    """Paths and near-ids are refused before the disk is touched."""
    with pytest.raises(NotFound):
        held.open(id_)


def test_a_damaged_original_is_replaced_when_it_is_imported_again(
    held: Originals, place: Path
) -> None:
    """Importing the file again heals the sealed copy."""
    data = invented(50_000)
    id_ = put(held, data)
    flip(place / file_of(id_), 1000)
    sealed = held.seal(io.BytesIO(data), LIMIT)
    assert (sealed.id, sealed.new) == (id_, True)
    assert got(held, id_) == data


def test_quarantine_keeps_the_file_out_of_the_way(held: Originals, place: Path) -> None:
    """The file moves whole and is no longer listed."""
    id_ = put(held, b"a page")
    held.quarantine(id_)
    assert list(held.stored()) == []
    assert names(place / "quarantine") == [id_]
    with pytest.raises(NotFound):
        held.quarantine(id_)


def test_stray_files_are_not_taken_for_originals(held: Originals, place: Path) -> None:
    """Only files named and placed like originals are listed."""
    id_ = put(held, b"a page")
    (place / "originals" / id_[:2] / "notes.txt").write_bytes(b"x")
    (place / "originals" / "zz").mkdir()
    (place / "originals" / "zz" / id_).write_bytes(b"x")
    assert list(held.stored()) == [id_]


def test_leftovers_of_a_cut_off_import_are_swept_by_the_next_writer(closed: Made) -> None:
    """Readers leave tmp/ alone, since a writer may be at work; writers clear it."""
    (closed.folder / "tmp" / "left").write_bytes(b"ciphertext")
    closed.open().close()
    assert leftovers(closed.folder) == ["left"]
    closed.open(write=True).close()
    assert leftovers(closed.folder) == []


def test_a_folder_in_tmp_keeps_nobody_out(closed: Made) -> None:
    """What is no file was not left by an import: it stays, and all else goes."""
    (closed.folder / "tmp" / "somebody's").mkdir()
    (closed.folder / "tmp" / "left").write_bytes(b"x")
    with closed.open(write=True):
        assert [path.name for path in (closed.folder / "tmp").iterdir()] == ["somebody's"]


def test_a_vault_open_for_reading_seals_nothing(closed: Made) -> None:
    """Sealing needs the lock."""
    with closed.open() as opened, pytest.raises(Refused, match="reading only"):
        opened.originals.seal(io.BytesIO(b"x"), LIMIT)


def test_threads_can_share_a_reader(held: Originals) -> None:
    """Six threads reading at once all get the right bytes."""
    data = invented(200_000)
    wrong: list[int] = []
    with held.open(put(held, data)) as reader:

        def look(start: int) -> None:
            for offset in range(start, len(data), 4999):
                if reader.read_at(offset, 700) != data[offset : offset + 700]:
                    wrong.append(offset)

        threads = [threading.Thread(target=look, args=(n,)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_big_file_is_never_held_in_memory(held: Originals) -> None:
    """The stream refuses to give more than a piece at a time, and so does the reader."""

    class Careful(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 < size <= PIECE
            return super().read(size)

    sealed = held.seal(Careful(bytes(3_000_000)), LIMIT)
    with held.open(sealed.id) as reader:
        assert max(len(piece) for piece in reader.pieces()) <= PIECE <= 1024 * 1024
