"""The model of a disk that loses its power: what is sure, and what may be lost or torn."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.faults.disk import ROOT, SECTOR, Disk, Name, Swap, Sync, Write

FILE, FOLDER, OTHER = 10, 20, 30
BODY = bytes(range(256)) * 8


def disk(*, ordered: bool = False) -> Disk:
    """A disk with an empty home."""
    return Disk(ordered=ordered)


def done(on: Disk, *steps: Write | Name | Swap | Sync) -> Disk:
    """The disk after these steps."""
    for step in steps:
        on.do(step)
    return on


def test_a_folder_on_a_real_disk_is_taken_over_as_sure(tmp_path: Path) -> None:
    """Everything below it is there after a cut, with nothing done since."""
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "file").write_bytes(BODY)
    on = disk()
    on.load(tmp_path)
    assert on.after() == {"ab": None, "ab/file": BODY}


@pytest.mark.parametrize("ordered", [False, True])
def test_what_was_not_synced_may_be_lost_and_may_be_kept(ordered: bool) -> None:
    """Neither the name nor the bytes are sure."""
    on = done(disk(ordered=ordered), Name(ROOT, "file", FILE), Write(FILE, 0, BODY))
    assert on.after() == {}
    assert on.after(kept=True) == {"file": BODY}


def test_a_synced_file_without_its_folder_is_lost_on_a_strict_disk_only() -> None:
    """An ordered disk brings the names done before along with any sync."""
    steps = (Name(ROOT, "file", FILE), Write(FILE, 0, BODY), Sync(FILE))
    assert done(disk(), *steps).after() == {}
    assert done(disk(ordered=True), *steps).after() == {"file": BODY}
    assert done(disk(), *steps, Sync(ROOT)).after() == {"file": BODY}


def test_a_synced_folder_does_not_make_the_bytes_of_its_files_sure() -> None:
    """The name is there, the file is empty."""
    on = done(disk(), Name(ROOT, "file", FILE), Write(FILE, 0, BODY), Sync(ROOT))
    assert on.after() == {"file": b""}


def test_a_file_in_a_folder_whose_own_name_was_not_synced_is_lost() -> None:
    """On a strict disk the way to it is missing."""
    on = done(
        disk(),
        Name(ROOT, "ab", FOLDER, made=True),
        Name(FOLDER, "file", FILE),
        Write(FILE, 0, BODY),
        Sync(FILE),
        Sync(FOLDER),
    )
    assert on.after() == {}
    assert on.after(kept=True) == {"ab": None, "ab/file": BODY}
    assert done(on, Sync(ROOT)).after() == {"ab": None, "ab/file": BODY}


def test_a_replaced_file_is_the_old_or_the_new_one() -> None:
    """Whatever is lost, one of the two stands under the name."""
    on = disk()
    on.names[ROOT]["keys"] = OTHER
    on.content[OTHER] = b"old"
    done(on, Name(ROOT, "keys.new", FILE), Write(FILE, 0, b"new"), Sync(FILE))
    done(on, Name(ROOT, "keys", FILE, gone="keys.new"))
    seen = {on.after(random.Random(seed))["keys"] for seed in range(40)}
    assert seen == {b"old", b"new"}


def test_exchanged_names_are_exchanged_or_not() -> None:
    """Neither name is ever without one of the two."""
    on = disk()
    on.names[ROOT] = {"a": FILE, "b": OTHER}
    on.content = {FILE: b"1", OTHER: b"2"}
    done(on, Swap(ROOT, "a", "b"))
    seen = {tuple(on.after(random.Random(seed)).values()) for seed in range(40)}
    assert seen == {(b"1", b"2"), (b"2", b"1")}


def test_bytes_are_torn_at_sectors() -> None:
    """Each piece of 512 bytes is the old or the new one, and both kinds come up together."""
    on = disk()
    on.names[ROOT]["file"] = FILE
    on.content[FILE] = bytes(len(BODY))
    done(on, Write(FILE, 0, BODY))
    mixed = 0
    for seed in range(20):
        found = on.after(random.Random(seed))["file"]
        assert found is not None
        kept = [
            found[at : at + SECTOR] == BODY[at : at + SECTOR] for at in range(0, len(BODY), SECTOR)
        ]
        lost = [not any(found[at : at + SECTOR]) for at in range(0, len(BODY), SECTOR)]
        assert all(k != n for k, n in zip(kept, lost, strict=True))
        mixed += any(kept) and any(lost)
    assert mixed > 10


def test_a_cut_of_a_file_is_sure_with_its_sync_only() -> None:
    """A shortened file may come back long."""
    on = disk()
    on.names[ROOT]["log"] = FILE
    on.content[FILE] = BODY
    done(on, Write(FILE, 0, None))
    assert on.after() == {"log": BODY}
    assert done(on, Sync(FILE)).after() == {"log": b""}
