"""What is said of a ZIP's members: written by a worker, and never trusted."""

from __future__ import annotations

from vault.errors import WorkerFailed
from vault.model.bundles import (
    LISTED,
    MEMBERS,
    NAME_CHARS,
    PIECE_BYTES,
    TOTAL_BYTES,
    Member,
    Members,
    Piece,
)
from vault.workers import checks
from vault.workers.checks import Json


def encode_members(found: Members) -> Json:
    """A part of a ZIP's members, as a message."""
    return {
        "total": found.total,
        "members": [[m.index, m.name, m.size, m.problem] for m in found.members],
        "problem": found.problem,
    }


def decode_members(value: object) -> Members:
    """The checked answer to listing a ZIP; raises WorkerFailed for a wrong one."""
    message = checks.an_object(value)
    return Members(
        checks.whole(message.get("total"), 0, MEMBERS),
        tuple(_member(item) for item in checks.items(message.get("members"), LISTED)),
        checks.text(message.get("problem")),
    )


def _member(value: object) -> Member:
    parts = checks.items(value, 4)
    if len(parts) != 4:
        raise WorkerFailed("it sent a member with parts missing")
    return Member(
        checks.whole(parts[0], 0, MEMBERS),
        checks.text(parts[1], NAME_CHARS) or "unnamed",
        checks.whole(parts[2], 0, TOTAL_BYTES),
        checks.text(parts[3]),
    )


def decode_piece(value: object, data: bytes) -> Piece:
    """The checked answer to unpacking a part of a member; raises WorkerFailed for a wrong one."""
    end = checks.flag(checks.an_object(value).get("end"))
    if len(data) > PIECE_BYTES or not (data or end):
        raise WorkerFailed("it sent a piece of the wrong size")
    return Piece(data, end)
