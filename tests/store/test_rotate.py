"""A new master key: everything is there under it, and at no moment is anything lost."""

from __future__ import annotations

import io
import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.store.helpers import PASSPHRASE, Made, child, flip, names
from tests.store.test_repair import mend
from tests.store.test_trash import MEMBER, OTHER, REC, add_page, add_record, found
from vault.errors import CannotWrite, Damaged, NoKeyFile, NoVault, Refused, WrongPassphrase
from vault.store import anchor, checks, exchange, files, keys, rotate, rotation, slots, trash
from vault.store.kdf import CHEAPEST
from vault.store.keys import Secret
from vault.store.originals import file_of
from vault.store.vault import open_vault

AT = "2026-03-01T10:00:00Z"
TABLES = "SELECT id, title FROM record ORDER BY id", "SELECT text, words FROM reading ORDER BY id"


def stock(made: Made) -> None:
    """Three records, one of them in the trash, with originals, pages and a file in quarantine."""
    texts = {REC: b"first" * 9000, MEMBER: b"second", OTHER: b"third"}
    for record, data in texts.items():
        sealed = made.vault.originals.seal(io.BytesIO(data), 10**6)
        with made.vault.write("test", record) as db:
            db.execute("INSERT INTO original VALUES (?, ?, '')", (sealed.id, sealed.size))
            add_record(db, record, sealed.id)
            add_page(db, record, 1, f"words of {record}", b"\x00\x01", 0.25)
    with made.vault.write("record.deleted", OTHER) as db:
        trash.put_in(db, OTHER, AT)
    stray = made.vault.originals.seal(io.BytesIO(b"stray"), 100).id
    made.vault.originals.quarantine(stray, f"{stray}.orphan-2999-01-01")
    (made.folder / "quarantine" / f"{'0' * 64}.damaged-2026-01-01").write_bytes(b"broken")


def contents(made: Made) -> dict[str, bytes]:
    """Every record, live or brought back from the trash, with its whole original."""
    with made.open(write=True) as opened:
        with opened.write("record.restored") as db:
            if trash.every(db):
                trash.take_out(db, OTHER)
        rows = opened.read().execute("SELECT id, original FROM record").fetchall()
        held = {}
        for id_, original in rows:
            with opened.originals.open(original) as reader:
                held[id_] = b"".join(reader.pieces())
        return held


def turn(made: Made) -> str:
    """Rotate, in this process; the new recovery code."""
    with made.open(write=True) as opened:
        return rotate.rotate(opened, Secret(PASSPHRASE))


def test_everything_is_there_under_another_key(made: Made) -> None:
    """Rows, history, originals, trash and quarantine; the folder has nothing beside it."""
    stock(made)
    rows = [made.vault.read().execute(q).fetchall() for q in TABLES]
    history = made.vault.read().execute("SELECT seq, at, event, subject FROM audit").fetchall()
    (given_out,) = made.vault.read().execute("SELECT seq FROM sqlite_sequence LIMIT 1").fetchall()
    ids = set(made.vault.originals.stored())
    old_keys = (made.folder / "keys").read_bytes()
    made.vault.close()
    turn(made)
    assert names(made.folder.parent) == ["state", "vault"]
    assert rotation.MARK not in names(made.folder)
    with made.open() as opened:
        assert opened.verify(full=True) == ()
        assert opened.notices == ()
        assert [opened.read().execute(q).fetchall() for q in TABLES] == rows
        now = opened.read().execute("SELECT seq, at, event, subject FROM audit").fetchall()
        assert now[: len(history)] == history
        assert [row[2] for row in now[len(history) :]] == ["rotation.begun", "vault.rotated"]
        assert opened.read().execute("SELECT seq FROM sqlite_sequence LIMIT 1").fetchone() == (
            given_out
        )
        assert not ids & set(opened.originals.stored())
        aside = names(made.folder / "quarantine")
        assert f"{'0' * 64}.damaged-2026-01-01" in aside
        (stray,) = [n for n in aside if ".orphan-" in n]
        with opened.originals.open_at(made.folder / "quarantine" / stray, stray[:64]) as reader:
            assert b"".join(reader.pieces()) == b"stray"
    made.vault = made.open()
    assert found(made, "words") == [REC, MEMBER]
    made.vault.close()
    assert contents(made) == {REC: b"first" * 9000, MEMBER: b"second", OTHER: b"third"}
    assert old_keys != (made.folder / "keys").read_bytes()


def test_what_is_taken_along_from_quarantine_is_on_the_disk(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged file may be all there is of a record: it is synced before the old vault goes."""
    stock(made)
    made.vault.close()
    seen: list[str] = []
    sync_file, sync_folder = files.sync_file, files.sync_folder

    def noted_file(path: Path) -> None:
        seen.append(path.name)
        sync_file(path)

    def noted_folder(path: Path) -> None:
        seen.append(path.name)
        sync_folder(path)

    monkeypatch.setattr(files, "sync_file", noted_file)
    monkeypatch.setattr(files, "sync_folder", noted_folder)
    turn(made)
    copied = seen.index(f"{'0' * 64}.damaged-2026-01-01")
    assert "quarantine" in seen[copied : seen.index("vault.rotating", copied)]


def test_the_old_keys_and_the_old_code_are_void(made: Made) -> None:
    """Somebody who kept the old keys file and its secrets cannot open the vault with them."""
    stock(made)
    made.vault.close()
    shutil.copy(made.folder / "keys", made.folder.parent / "kept")
    code = turn(made)
    with pytest.raises(WrongPassphrase):
        open_vault(made.folder, Secret(recovery_code=made.code), write=False)
    open_vault(made.folder, Secret(recovery_code=code), write=False).close()
    for name in keys.NAMES:
        shutil.copy(made.folder.parent / "kept", made.folder / name)
    with pytest.raises(Damaged):
        made.open()


def test_without_an_exchange_two_renamings_do_it(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot be swapped at once; cut off in between, the next command goes on."""
    stock(made)
    made.vault.close()
    monkeypatch.setattr(exchange, "exchange", lambda _one, _other: False)
    turn(made)
    assert names(made.folder.parent) == ["state", "vault"]
    real, calls = Path.rename, []

    def cut_off(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(5, "cut off")
        return real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", cut_off)
        with pytest.raises(CannotWrite):
            turn(made)
    assert not made.folder.exists()
    made.open().close()
    with made.open(write=True) as opened:
        assert rotation.FINISHED in opened.notices
        assert opened.verify(full=True) == ()
    assert names(made.folder.parent) == ["state", "vault"]


def test_the_folder_beside_is_never_opened_for_the_vault(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new vault that is not finished is refused, and the old one goes on as it was."""
    stock(made)
    made.vault.close()

    def broken(*_: object) -> tuple[checks.Problem, ...]:
        return (checks.Problem("records.db", "not well"),)

    with monkeypatch.context() as patched:
        patched.setattr("vault.store.verify.problems", lambda *_a, **_k: broken())
        with pytest.raises(Damaged, match="not whole"):
            turn(made)
    beside = rotation.sibling(made.folder)
    with pytest.raises(Refused, match="belongs to"):
        open_vault(beside, Secret(PASSPHRASE), write=False)
    assert len(contents(made)) == 3
    before = {p.name: p.stat().st_ino for p in beside.glob("originals/??/*")}
    assert before
    real = os.open
    made_anew: list[str] = []

    def watched(path: object, flags: int, *more: int, **other: int) -> int:
        if "/tmp/" in str(path).replace(str(made.folder.parent), "") and flags & os.O_CREAT:
            made_anew.append(str(path))
        return real(path, flags, *more, **other)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", watched)
    turn(made)
    now = {p.name: p.stat().st_ino for p in made.folder.glob("originals/??/*")}
    assert now == before  # what was sealed under the new key is not sealed again
    assert len(contents(made)) == 3


@pytest.mark.parametrize("of", ["this vault", "another key"])
def test_a_folder_put_beside_is_not_taken_for_the_new_vault(made: Made, of: str) -> None:
    """Keys that open with the same passphrase, under the old key or a known one, are cleared."""
    made.fill()
    planted = made.vault.keys_file
    master = made.vault.keys.master
    if of == "another key":
        master = b"m" * 32
        known = keys.Keys(master, made.vault.keys.vault_id)
        slot = slots.by_passphrase(master, known.vault_id, PASSPHRASE, CHEAPEST)
        planted = keys.build(known, (slot,))
    made.vault.close()
    beside = rotation.sibling(made.folder)
    beside.mkdir()
    keys.write_both(beside, planted)
    rotation.mark(beside, rotation.State.BUILDING)
    old = made.open()
    before = old.keys.master
    old.close()
    turn(made)
    with made.open() as opened:
        assert opened.keys.master not in (before, master)
        assert opened.verify(full=True) == ()


def test_a_rotation_begun_with_other_secrets_is_begun_anew(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key file asked for since then is wanted by the new vault, too."""
    made.fill()
    made.vault.close()
    with monkeypatch.context() as patched:
        patched.setattr(rotation, "exchange", lambda _folder: (_ for _ in ()).throw(Refused("no")))
        with pytest.raises(Refused):
            turn(made)
    secret = Secret(PASSPHRASE, key_file=b"k" * 64)
    with made.open(write=True) as opened:
        opened.change_passphrase(PASSPHRASE, CHEAPEST, key_file=secret.key_file)
        rotate.rotate(opened, secret)
    with pytest.raises(NoKeyFile):
        made.open()


def test_somebody_elses_folder_is_not_touched(made: Made) -> None:
    """A folder by the name the new vault needs, without the mark, is in the way and stays."""
    made.fill()
    made.vault.close()
    beside = rotation.sibling(made.folder)
    beside.mkdir()
    (beside / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match="in the way"):
        turn(made)
    assert (beside / "letter.txt").read_text() == "mine"
    made.open().close()


def test_no_room_is_told_before_anything_is_written(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second copy needs room; how much is said."""
    made.fill()
    made.vault.close()
    monkeypatch.setattr(rotate, "_SPARE", 1 << 60)
    with pytest.raises(CannotWrite, match=r"the disk is full; it needs \d+ MiB"):
        turn(made)
    assert names(made.folder.parent) == ["state", "vault"]


def test_a_damaged_original_stops_it_until_it_is_repaired(made: Made) -> None:
    """First the damage is faced; then the record goes along as unreadable, the rest as ever."""
    stock(made)
    (original,) = (
        made.vault.read().execute("SELECT original FROM record WHERE id = ?", (REC,)).fetchone()
    )
    made.vault.close()
    flip(made.folder / file_of(original), 100)
    with pytest.raises(Damaged) as caught:
        turn(made)
    assert "repair" in caught.value.hint
    mend(made)
    turn(made)
    with made.open() as opened:
        assert len(opened.verify(full=True)) == 1
        assert any(".damaged-" in n for n in names(made.folder / "quarantine"))


_KILLED = """
import os, signal, sys
from pathlib import Path
from vault.actions.rotate import rotate
from vault.store.keys import Secret
left = int(sys.argv[3])
def watch(name):
    real = getattr(os, name)
    def counted(*args, **more):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(*args, **more)
    setattr(os, name, counted)
from vault.store import exchange
real = exchange._call
def noted(*args):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return real(*args)
exchange._call = noted
for name in "mkdir fsync replace rename unlink rmdir".split():
    watch(name)
rotate(Path(sys.argv[1]), Secret("four invented words here"), state=Path(sys.argv[2]))
print("done", left)
"""


def _one_life(made: Made, step: int) -> str:
    with child(_KILLED, str(made.folder), str(made.state), str(step)) as running:
        out, _ = running.communicate()
    assert running.returncode in (0, -signal.SIGKILL)
    return out


def test_killed_anywhere_the_vault_opens_and_the_next_call_ends_it(made: Made) -> None:
    """A kill at points over the whole of it: the passphrase opens one vault, with everything."""
    stock(made)
    made.vault.close()
    expected = contents(made)
    keep = made.folder.parent / "keep"
    shutil.copytree(made.folder, keep / "vault")
    shutil.copytree(made.state, keep / "state")
    total = 10**6 - int(_one_life(made, 10**6).split()[1])
    chosen = sorted({total - 1, total - 4, *range(2, total, max(1, total // 7)), total - 12})
    killed = 0
    for step in chosen:
        for name in ("vault", "state"):
            shutil.rmtree(made.folder.parent / name)
            shutil.copytree(keep / name, made.folder.parent / name)
        killed += _one_life(made, step) == ""
        with made.open() as opened:
            assert opened.verify(full=True) == () or "anchor" in str(opened.notices)
        assert contents(made) == expected
        turn(made)
        assert contents(made) == expected
        assert names(made.folder.parent) == ["keep", "state", "vault"]
        with made.open() as opened:
            assert opened.verify(full=True) == ()
    # How many folders originals lie in depends on the key, so the last points may come too late.
    assert killed >= len(chosen) - 3


def test_the_second_anchor_is_the_new_vaults(made: Made) -> None:
    """A folder rolled back to before the rotation is refused because of it, until accepted."""
    made.fill()
    made.vault.close()
    older = made.folder.with_name("older")
    shutil.copytree(made.folder, older)
    turn(made)
    second = anchor.second_path(made.state, made.folder, bytes.fromhex(made.vault.vault_id))
    assert second.exists()
    shutil.rmtree(made.folder)
    older.rename(made.folder)
    for write in (False, True):
        with pytest.raises(Damaged, match="older than when it was last used"):
            made.open(write=write)
    made.open(write=True, anyway=True).close()
    with made.open() as opened:
        assert opened.verify() == ()


def test_a_second_anchor_from_before_a_rotation_is_only_behind(made: Made) -> None:
    """Cut off after the exchange, or with a state folder that was full: it is written again."""
    made.fill()
    made.vault.close()
    second = anchor.second_path(made.state, made.folder, bytes.fromhex(made.vault.vault_id))
    before = second.read_bytes()
    turn(made)
    second.write_bytes(before)
    with made.open(write=True) as opened:
        assert len(opened.notices) == 1
        assert str(second) in opened.notices[0]
    with made.open() as opened:
        assert opened.notices == ()


def test_a_reader_cannot_and_no_vault_is_no_vault(made: Made) -> None:
    """It needs the lock, the passphrase and a vault."""
    made.fill()
    made.vault.close()
    with made.open() as opened, pytest.raises(Refused, match="reading only"):
        rotate.rotate(opened, Secret(PASSPHRASE))
    with made.open(write=True) as opened, pytest.raises(Refused, match="with the passphrase"):
        rotate.rotate(opened, Secret(recovery_code=made.code))
    with pytest.raises(NoVault):
        open_vault(made.folder.with_name("none"), Secret(PASSPHRASE), write=True)


def test_a_link_to_the_vault_stays_a_link(made: Made) -> None:
    """The folders that change places are the real ones, and the old vault is gone."""
    made.fill()
    made.vault.close()
    link = made.folder.parent / "elsewhere" / "link"
    link.parent.mkdir()
    link.symlink_to(made.folder)
    before = (made.folder / "keys").read_bytes()
    with open_vault(link, Secret(PASSPHRASE), write=True, state=made.state) as opened:
        rotate.rotate(opened, Secret(PASSPHRASE))
    assert link.is_symlink()
    assert names(link.parent) == ["link"]
    assert names(made.folder.parent) == ["elsewhere", "state", "vault"]
    assert (made.folder / "keys").read_bytes() != before
    with made.open() as opened:
        assert opened.verify(full=True) == ()


@pytest.mark.parametrize("name", ["vault.rotating", "vault.rotated"])
def test_a_stranger_by_the_old_vaults_name_is_not_removed(made: Made, name: str) -> None:
    """After the exchange only this vault's own old folder is cleared away."""
    made.fill()
    made.vault.close()
    stranger = made.folder.with_name(name)
    stranger.mkdir()
    (stranger / "letter.txt").write_text("mine")
    rotation.mark(made.folder, rotation.State.READY)
    made.open(write=True).close()
    assert (stranger / "letter.txt").read_text() == "mine"
    assert rotation.MARK not in names(made.folder)


def test_an_old_vault_that_cannot_be_removed_keeps_nobody_out(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is returned, the vault opens and says so, and a later writer removes it."""
    stock(made)
    made.vault.close()

    def refuse(_path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", refuse)
        code = turn(made)
        with made.open(write=True) as opened:
            assert any(rotation.LEFT in notice for notice in opened.notices)
    open_vault(made.folder, Secret(recovery_code=code), write=False).close()
    made.open(write=True).close()
    assert names(made.folder.parent) == ["state", "vault"]


def test_a_reading_command_between_the_two_renamings(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does the second one, as after a crash; the rotation ends as if it had done it itself."""
    stock(made)
    made.vault.close()
    monkeypatch.setattr(exchange, "exchange", lambda _one, _other: False)
    real = Path.rename

    def hooked(path: Path, target: Path) -> Path:
        renamed = real(path, target)
        if path == made.folder:
            rotation.recover(made.folder)
        return renamed

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", hooked)
        code = turn(made)
    with open_vault(made.folder, Secret(recovery_code=code), write=True) as opened:
        assert opened.verify(full=True) == ()
    assert names(made.folder.parent) == ["state", "vault"]


def test_something_by_the_name_needed_for_a_moment_is_told_first(made: Made) -> None:
    """Before anything is built, and it stays."""
    made.fill()
    made.vault.close()
    mine = made.folder.with_name("vault.rotated")
    mine.mkdir()
    with pytest.raises(Refused, match="in the way"):
        turn(made)
    assert names(made.folder.parent) == ["state", "vault", "vault.rotated"]
    mine.rmdir()
    turn(made)


def test_a_removal_that_was_cut_off_is_gone_on_with(made: Made) -> None:
    """The old vault without its keys, marked as old, goes when the vault is opened next."""
    made.fill()
    made.vault.close()
    old = rotation.sibling(made.folder)
    shutil.copytree(made.folder, old)
    for each in keys.NAMES:
        (old / each).unlink()
    rotation.mark(old, rotation.State.OLD)
    rotation.mark(made.folder, rotation.State.READY)
    made.open(write=True).close()
    assert names(made.folder.parent) == ["state", "vault"]
