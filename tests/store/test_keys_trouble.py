"""Trouble with the keys file: each kind is told by its name, and none costs any work."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.helpers import PASSPHRASE, Made, flip
from vault.errors import (
    BadRecoveryCode,
    Busy,
    Damaged,
    NoKeyFile,
    TooNew,
    Unpromised,
    VaultError,
    WrongPassphrase,
)
from vault.store import crypto, keys, keysfile, slots
from vault.store.kdf import CEILING, CHEAPEST
from vault.store.keys import NAMES, Keys, Secret
from vault.store.keysfile import KeysFile
from vault.store.slots import Slot
from vault.store.vault import open_vault

KEY_FILE = b"an invented key file, long enough"


def signed(body: bytes) -> bytes:
    """Three lines with the checksum that anybody can make."""
    return body + b"sha256 " + crypto.sha256(body).hex().encode() + b"\n"


def edited(data: bytes, change: Callable[[dict[str, list[dict[str, object]]]], object]) -> bytes:
    """A keys file with its fields changed by somebody without a key, the checksum right."""
    first, fields, tag, _ = data.splitlines(keepends=True)
    told = json.loads(fields)
    change(told)
    return signed(first + json.dumps(told).encode() + b"\n" + tag)


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deriving any key from a secret fails the test."""
    monkeypatch.setattr(crypto, "argon2id", lambda *_: pytest.fail("Argon2id was run"))
    monkeypatch.setattr(crypto, "hkdf", lambda *_: pytest.fail("a secret was tried"))


def _flipped(path: Path) -> None:
    flip(path, 200, 3)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def _huge(path: Path) -> None:
    os.truncate(path, 2**40)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _linked(path: Path) -> None:
    shutil.copy(path, path.with_name("elsewhere"))
    path.unlink()
    path.symlink_to("elsewhere")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _costly(path: Path) -> None:
    path.write_bytes(
        edited(path.read_bytes(), lambda t: t["slots"][0].update(memory_kib=CEILING.memory_kib + 1))
    )


def _doubled(path: Path) -> None:
    path.write_bytes(edited(path.read_bytes(), lambda t: t["slots"].append(t["slots"][0])))


def _odd_id(path: Path) -> None:
    path.write_bytes(edited(path.read_bytes(), lambda t: t["slots"][0].update(id="\ud800")))


HARMS = [_flipped, _cut, _longer, _huge, _folder, _linked, _pipe, _device, _empty, Path.unlink]
HARMS += [_costly, _doubled, _odd_id]


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
@pytest.mark.parametrize("name", NAMES)
def test_one_bad_copy_is_named_and_the_other_used(
    closed: Made, harm: Callable[[Path], object], name: str
) -> None:
    """Whatever one copy has become, the vault opens and says which copy it was."""
    harm(closed.folder / name)
    with closed.open() as opened:
        (notice,) = opened.notices
        assert notice.startswith(f"{name} ")
        assert notice.endswith("was used")
    if not (closed.folder / name).is_dir():
        with closed.open(write=True):
            assert (closed.folder / "keys").read_bytes() == (
                closed.folder / "keys.bak"
            ).read_bytes()


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_two_bad_copies_are_damage_and_no_secret_is_tried(
    closed: Made, no_work: None, harm: Callable[[Path], object]
) -> None:
    """Each copy bad in a way of its own: both are named, nobody is called wrong, no work done."""
    harm(closed.folder / "keys")
    _cut(closed.folder / "keys.bak")
    for secret in (Secret(PASSPHRASE), Secret(recovery_code=closed.code)):
        with pytest.raises(Damaged, match=r"^keys .* and keys\.bak is damaged$"):
            open_vault(closed.folder, secret, write=False, state=closed.state)


@pytest.mark.parametrize(
    ("number", "error"), [(b"2", TooNew), (b"999999", TooNew), (b"0", Unpromised)]
)
def test_another_format_is_refused_by_its_name_and_left_alone(
    closed: Made, no_work: None, number: bytes, error: type[VaultError]
) -> None:
    """Newer, and older than the first promise: refused in either mode, no byte changed."""
    body = (closed.folder / "keys").read_bytes().split(b"sha256 ")[0]
    data = signed(body.replace(b"chartmend keys 1", b"chartmend keys " + number))
    for name in NAMES:
        (closed.folder / name).write_bytes(data)
    before = {p: p.read_bytes() for p in closed.folder.rglob("*") if p.is_file()}
    for write in (False, True):
        with pytest.raises(error) as told:
            closed.open(write=write)
        assert int(told.value.exit_code) == 76
    assert {p: p.read_bytes() for p in closed.folder.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    "secret",
    [Secret(PASSPHRASE), Secret(PASSPHRASE, key_file=KEY_FILE), Secret(keyring=True)],
    ids=["passphrase", "key file", "keyring"],
)
def test_a_vault_in_use_is_told_before_any_key_is_derived(
    made: Made, no_work: None, secret: Secret
) -> None:
    """The lock comes first, so two hundred writers cost the machine no Argon2id."""
    with pytest.raises(Busy):
        open_vault(made.folder, secret, write=True, state=made.state)


def test_a_slip_in_the_recovery_code_costs_nothing(closed: Made, no_work: None) -> None:
    """The checksum is looked at before anything is derived."""
    wrong = closed.code[:-1] + ("0" if closed.code[-1] != "0" else "1")
    with pytest.raises(BadRecoveryCode):
        open_vault(closed.folder, Secret(recovery_code=wrong), write=False)


def test_a_commitment_to_another_passphrase_is_damage() -> None:
    """A commitment that fits a secret whose wrapping does not open was put there: damage."""
    vault = b"v" * 16
    slot = slots.by_passphrase(bytes(32), vault, "right", CHEAPEST)
    again = slots.by_passphrase(bytes(32), vault, "wrong", CHEAPEST)
    forged = replace(again, id=slot.id, nonce=slot.nonce, wrapped=slot.wrapped)
    with pytest.raises(WrongPassphrase):
        slots.unwrap(slot, vault, "wrong")
    with pytest.raises(Damaged, match="passphrase slot"):
        slots.unwrap(forged, vault, "wrong")


def test_a_slot_of_another_type_is_no_way_in() -> None:
    """A key file slot called a passphrase slot, and the other way round, opens nothing."""
    vault = b"v" * 16
    both = slots.by_passphrase(bytes(32), vault, "words", CHEAPEST, KEY_FILE)
    one = slots.by_passphrase(bytes(32), vault, "words", CHEAPEST)
    with pytest.raises(WrongPassphrase):
        slots.unwrap(replace(both, type=slots.SlotType.PASSPHRASE), vault, "words")
    with pytest.raises(WrongPassphrase):
        slots.unwrap(replace(one, type=slots.SlotType.KEYFILE), vault, "words", KEY_FILE)


ROUNDS = 5000
_ALLOWED = (Damaged, TooNew, Unpromised, WrongPassphrase, NoKeyFile)


def _mutations(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """Changed copies: bytes flipped, cut, doubled, digits put in, words exchanged."""
    words = [b"passphrase", b"keyfile", b"recovery", b"keyring", b"null", b"[]", b"{}", b"1e9"]
    words += [b'"\\ud800"', b"NaN", b"-1", b"true", b"9" * 5000, b"[" * 5000]
    for _ in range(ROUNDS):
        changed = bytearray(data)
        if chance.random() < 0.5:  # one digit for another: the file keeps its shape
            digits = [i for i, byte in enumerate(data) if byte in b"0123456789abcdef"]
            changed[chance.choice(digits)] = chance.choice(b"0123456789abcdef")
            yield bytes(changed)
            continue
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(changed) or 1)
            length = chance.choice([1, 1, 4, 60])
            new = chance.choice([*words, chance.randbytes(length), changed[place : place + length]])
            changed[place : place + chance.choice([0, length])] = new
        yield bytes(changed)


def _opens(data: bytes) -> Keys:
    file = keysfile.parse(data, "keys")
    return keys._open(file, Secret(PASSPHRASE))


def test_no_change_of_a_keys_file_opens_or_breaks_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """5,000 changed files, half with the checksum put right: refused, each by a known error."""
    # Argon2id only has to depend on all it is given here; the costs may be anything.
    monkeypatch.setattr(crypto, "argon2id", lambda *given: crypto.sha256(crypto.pack(*given)))
    fresh = keys.new_keys()
    made = (
        slots.by_passphrase(fresh.master, fresh.vault_id, PASSPHRASE, CHEAPEST),
        slots.by_code(fresh.master, fresh.vault_id, bytes(16)),
    )
    data = keys.build(fresh, made).data
    assert _opens(data).master == fresh.master
    seen: dict[str, int] = {}
    for number, changed in enumerate(_mutations(data, random.Random(1))):
        tried = signed(changed.split(b"sha256 ")[0]) if number % 2 else changed
        if tried == data:
            continue
        with pytest.raises(_ALLOWED) as told:
            _opens(tried)
        seen[type(told.value).__name__] = seen.get(type(told.value).__name__, 0) + 1
    assert seen["WrongPassphrase"] > 50  # many come as far as trying the secret
    assert seen["Damaged"] > 1000


def _mixed(old: bytes, made: Made) -> None:
    """The keys as a crash between the copies leaves them: the first new, the second old."""
    (made.folder / "keys.bak").write_bytes(old)


@pytest.mark.parametrize("adding", [True, False])
def test_a_key_file_change_cut_off_leaves_both_ways_in(closed: Made, adding: bool) -> None:
    """With one copy old and one new, passphrase alone and passphrase with key file both open."""
    with closed.open(write=True) as opened:
        if not adding:
            opened.change_passphrase(PASSPHRASE, CHEAPEST, key_file=KEY_FILE)
        old = (closed.folder / "keys").read_bytes()
        new = KEY_FILE if adding else b""
        opened.change_passphrase(PASSPHRASE, CHEAPEST, key_file=new)
    _mixed(old, closed)
    for secret in (Secret(PASSPHRASE), Secret(PASSPHRASE, key_file=KEY_FILE)):
        open_vault(closed.folder, secret, write=False, state=closed.state).close()
    with open_vault(
        closed.folder, Secret(PASSPHRASE, key_file=new), write=True, state=closed.state
    ) as opened:
        assert opened.verify() == ()


def test_passphrase_and_key_file_are_both_needed(closed: Made) -> None:
    """Neither alone opens; a wrong one of them, or a changed byte, names both."""
    with closed.open(write=True) as opened:
        opened.change_passphrase(PASSPHRASE, CHEAPEST, key_file=KEY_FILE)
    with pytest.raises(NoKeyFile):
        closed.open()
    for secret in (
        Secret("wrong", key_file=KEY_FILE),
        Secret(PASSPHRASE, key_file=KEY_FILE + b"\n"),
        Secret(PASSPHRASE, key_file=bytes([KEY_FILE[0] ^ 1]) + KEY_FILE[1:]),
    ):
        with pytest.raises(WrongPassphrase, match="passphrase and key file do not open"):
            open_vault(closed.folder, secret, write=False, state=closed.state)
    for good in (Secret(PASSPHRASE, key_file=KEY_FILE), Secret(recovery_code=closed.code)):
        open_vault(closed.folder, good, write=False, state=closed.state).close()


def test_a_vault_without_a_key_file_does_not_look_at_one(closed: Made) -> None:
    """A key file given for another vault keeps nobody out."""
    secret = Secret(PASSPHRASE, key_file=KEY_FILE)
    open_vault(closed.folder, secret, write=False, state=closed.state).close()


def test_the_keys_file_never_has_two_slots_of_a_kind(made: Made) -> None:
    """A key file takes the place of the passphrase's slot, and the other way round."""

    def types(file: KeysFile) -> list[str]:
        return sorted(slot.type.value for slot in file.slots)

    def now() -> list[str]:
        return types(keysfile.parse((made.folder / "keys").read_bytes(), "keys"))

    made.vault.change_passphrase(PASSPHRASE, CHEAPEST, key_file=KEY_FILE)
    assert now() == ["keyfile", "recovery"]
    made.vault.change_passphrase(PASSPHRASE, CHEAPEST, key_file=KEY_FILE * 2)
    assert now() == ["keyfile", "recovery"]
    made.vault.change_recovery_code()
    made.vault.change_passphrase("other words", CHEAPEST)
    assert now() == ["passphrase", "recovery"]


def test_slots_say_how_they_are_opened() -> None:
    """A slot's cost is there where a passphrase opens it, and nowhere else."""
    made: tuple[Slot, ...] = (
        slots.by_passphrase(bytes(32), b"v" * 16, "words", CHEAPEST, KEY_FILE),
        slots.by_code(bytes(32), b"v" * 16, bytes(16)),
        slots.by_keyring(bytes(32), b"v" * 16, bytes(32)),
    )
    assert [slot.profile for slot in made] == [CHEAPEST, None, None]
    file = keysfile.build(b"v" * 16, made, bytes(32))
    assert keysfile.parse(file.data, "keys") == file


def test_what_was_changed_stands_in_the_history(made: Made) -> None:
    """A key file added, exchanged and removed, and a passphrase: each its own event."""
    for passphrase, key_file in ((PASSPHRASE, KEY_FILE), ("x", KEY_FILE), ("y", b""), ("z", b"")):
        made.vault.change_passphrase(passphrase, CHEAPEST, key_file=key_file)
    rows = made.vault.read().execute("SELECT event FROM audit ORDER BY seq").fetchall()
    assert [event for (event,) in rows if event != "keys.announced"][-4:] == [
        "keyfile.added",
        "passphrase.changed",
        "keyfile.removed",
        "passphrase.changed",
    ]
