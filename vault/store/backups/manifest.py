"""The manifest of one generation as bytes: what belongs to it, so that nothing can go missing.

Four lines of ASCII:

    chartmend manifest 1
    {"database":{…},"head":{…},"keys":{…},"made_at":"…","originals":[…],…}
    mac <64 hex>
    sha256 <64 hex>

`sha256` is over the three lines before it, so that damage shows without any secret; `mac` is
HMAC-SHA256 over the two lines before it, under a key derived from the master key.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from vault.errors import Damaged, TooNew
from vault.store import crypto
from vault.store.audit import Head

FORMAT = 1
_LINES = re.compile(
    rb"(chartmend manifest (\d{1,6})\n([^\n]*)\n)mac ([0-9a-f]{64})\nsha256 ([0-9a-f]{64})\n"
)
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MADE_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_VAULT = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sum:
    """A file as it lies in a backup: its length in bytes and its SHA-256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """An original in a backup: its id, its length when opened, and its sealed file."""

    id: str
    size: int
    sealed: Sum


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation holds. `missing` are originals the vault itself could not read then.

    `number` counts the generations of a folder as they were made, whatever the clock said; 0 in
    those of programs that did not count.
    """

    vault_id: str
    made_at: str
    head: Head
    records: int
    keys: Sum
    database: Sum
    originals: tuple[Held, ...]
    missing: tuple[str, ...]
    number: int = 0
    data: bytes = field(default=b"", compare=False, repr=False)

    def authentic(self, key: bytes) -> bool:
        """Whether it was written by somebody who had the master key."""
        match = _LINES.fullmatch(self.data)
        return match is not None and crypto.same(crypto.mac(key, match[1]).hex().encode(), match[4])


def _sum_fields(found: Sum) -> dict[str, str | int]:
    return {"sha256": found.sha256, "size": found.size}


def build(made: Manifest, key: bytes) -> bytes:
    """Write a manifest; `key` is the one derived for it from the master key."""
    fields = {
        "database": _sum_fields(made.database),
        "head": {"mac": made.head.mac.hex(), "root": made.head.root.hex(), "seq": made.head.seq},
        "keys": _sum_fields(made.keys),
        "made_at": made.made_at,
        "missing": list(made.missing),
        "number": made.number,
        "originals": [[o.id, o.size, o.sealed.size, o.sealed.sha256] for o in made.originals],
        "records": made.records,
        "vault": made.vault_id,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    body = f"chartmend manifest {FORMAT}\n{text}\n".encode()
    signed = body + b"mac " + crypto.mac(key, body).hex().encode() + b"\n"
    return signed + b"sha256 " + crypto.sha256(signed).hex().encode() + b"\n"


def _shaped(value: object, shape: re.Pattern[str] = _HEX) -> str:
    """The value where it has its shape: it becomes part of a path, or is shown to a person."""
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError
    return value


def _sum(fields: dict[str, object]) -> Sum:
    return Sum(_count(fields["size"]), _shaped(fields["sha256"]))


def _held(row: list[object]) -> Held:
    id_, size, sealed, sha256 = row
    return Held(_shaped(id_), _count(size), Sum(_count(sealed), _shaped(sha256)))


def parse(data: bytes, name: str) -> Manifest:
    """Read a manifest called `name`; raises Damaged or TooNew. No secret is needed."""
    match = _LINES.fullmatch(data)
    if match is None or crypto.sha256(data[: match.end(4) + 1]).hex().encode() != match[5]:
        raise Damaged(f"{name} is damaged", "")
    if int(match[2]) > FORMAT:
        raise TooNew(int(match[2]), FORMAT)
    try:
        fields = json.loads(match[3])
        head = fields["head"]
        return Manifest(
            vault_id=_shaped(fields["vault"], _VAULT),
            made_at=_shaped(fields["made_at"], _MADE_AT),
            head=Head(
                _count(head["seq"]),
                bytes.fromhex(_shaped(head["mac"])),
                bytes.fromhex(_shaped(head["root"])),
            ),
            records=_count(fields["records"]),
            keys=_sum(fields["keys"]),
            database=_sum(fields["database"]),
            originals=tuple(_held(row) for row in fields["originals"]),
            missing=tuple(_shaped(id_) for id_ in fields["missing"]),
            number=_count(fields.get("number", 0)),
            data=data,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged(f"{name} does not say what a manifest says", "") from None
