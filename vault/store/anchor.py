"""The anchor: what was last committed, noted outside the database so that losing it shows.

It is a small file, replaced after every commit:

    chartmend anchor 1
    {"mac":"<64 hex>","root":"<64 hex>","seq":<number>,"vault":"<32 hex>"}
    mac <64 hex>

`seq`, `mac` and `root` are those of the last row of the audit; the last line is HMAC-SHA256
under the anchor key over the bytes before it. A second copy lies outside the vault folder.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from vault.errors import Damaged, TooNew, VaultError
from vault.store import crypto, files
from vault.store.audit import Head

NAME = "anchor"
FORMAT = 1
_FIRST = re.compile(rb"chartmend anchor (\d{1,6})\n")
_STATED = re.compile(rb'"seq":(\d{1,18}),"vault":"([0-9a-f]{32})"')
_LIMIT = 4096


def text_of(head: Head, vault_id: bytes, key: bytes) -> bytes:
    """The anchor file for a head."""
    fields = {
        "seq": head.seq,
        "mac": head.mac.hex(),
        "root": head.root.hex(),
        "vault": vault_id.hex(),
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    body = f"chartmend anchor {FORMAT}\n{text}\n".encode()
    return body + b"mac " + crypto.mac(key, body).hex().encode() + b"\n"


def write(path: Path, head: Head, vault_id: bytes, key: bytes) -> None:
    """Replace the anchor file; raises CannotWrite."""
    files.write_atomic(path, text_of(head, vault_id, key))


def read(path: Path, vault_id: bytes, key: bytes) -> Head | None:
    """The head an anchor file notes, None where there is no file; raises Damaged, TooNew."""
    try:
        data = files.read_small(path, _LIMIT)
    except FileNotFoundError:
        return None
    cut = data.rfind(b"mac ")
    body, tail = data[:cut], data[cut:]
    if cut < 0 or not crypto.same(tail, b"mac " + crypto.mac(key, body).hex().encode() + b"\n"):
        raise Damaged(f"{path.name} is damaged")
    first = _FIRST.match(body)
    if first is not None and int(first[1]) > FORMAT:
        raise TooNew(int(first[1]), FORMAT)
    if first is None or int(first[1]) < FORMAT:
        raise Damaged(f"{path.name} does not say what an anchor says")
    fields = json.loads(body[first.end() :])  # authentic, so as this program wrote it
    if fields["vault"] != vault_id.hex():
        raise Damaged(f"{path.name} is the one of another vault")
    return Head(fields["seq"], bytes.fromhex(fields["mac"]), bytes.fromhex(fields["root"]))


def stated(path: Path, vault_id: bytes) -> int:
    """The number of changes an anchor file states, whoever wrote it; 0 where it states none.

    Of use for a file under another key: nothing may be allowed because of it.
    """
    try:
        found = _STATED.search(files.read_small(path, _LIMIT))
    except (FileNotFoundError, VaultError):
        return 0
    return int(found[1]) if found and found[2] == vault_id.hex().encode() else 0


def second_path(state: Path, folder: Path, vault_id: bytes) -> Path:
    """Where the second copy is for a vault at `folder`.

    The place is part of the name: a copy of the vault restored somewhere else is another
    history and no rollback.
    """
    place = crypto.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hex()[:16]
    return state / f"{vault_id.hex()}-{place}.anchor"
