"""What a worker says of a ZIP crosses whole; answers that lie are refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.bundles import zipped
from tests.ingest.papers import Held, text_pdf
from tests.workers.test_protocol import crossed
from vault.errors import WorkerFailed
from vault.model.bundles import (
    FREE_BYTES,
    LISTED,
    MEMBERS,
    PIECE_BYTES,
    RATIO,
    TOTAL_BYTES,
    Member,
    Members,
    Piece,
    too_tight,
)
from vault.model.reading import Probe
from vault.safetext import safe_line
from vault.workers import bundles, protocol
from vault.workers.pool import Pool

_NAMES = st.text(min_size=1, max_size=60).map(safe_line).filter(bool)
_MEMBERS = st.builds(
    Member, st.integers(0, MEMBERS), _NAMES, st.integers(0, TOTAL_BYTES), st.just("") | _NAMES
)


@given(st.integers(0, MEMBERS), st.lists(_MEMBERS, max_size=5).map(tuple), st.just("") | _NAMES)
def test_members_come_back_as_they_were_sent(
    total: int, members: tuple[Member, ...], problem: str
) -> None:
    """Members come back as they were sent."""
    found = Members(total, members, problem)
    assert bundles.decode_members(crossed(bundles.encode_members(found))) == found


def test_the_longest_list_fits_a_message() -> None:
    """As many members as cross at once, all with the longest names, are no message too long."""
    members = tuple(Member(n, "\u6aa2" * 512, TOTAL_BYTES, "x" * 200) for n in range(LISTED))
    found = Members(MEMBERS, members)
    assert bundles.decode_members(crossed(bundles.encode_members(found))) == found


def test_jobs_come_back_as_they_were_sent() -> None:
    """Jobs come back as they were sent."""
    about = protocol.Document(2, 2**35, "zip", "geheim")
    for job in (protocol.MembersJob(about, 1000), protocol.PieceJob(about, 19_999, 2**34)):
        assert protocol.decode_job(crossed(protocol.encode_job(job))) == job


@pytest.mark.parametrize(
    "lie",
    [
        None,
        {},
        {"total": MEMBERS + 1, "members": [], "problem": ""},
        {"total": 1, "members": {}, "problem": ""},
        {"total": 1, "members": [[0, "a", 1]], "problem": ""},
        {"total": 1, "members": [[-1, "a", 1, ""]], "problem": ""},
        {"total": 1, "members": [[0, 7, 1, ""]], "problem": ""},
        {"total": 1, "members": [[0, "a", TOTAL_BYTES + 1, ""]], "problem": ""},
        {"total": 1, "members": [[0, "a", 1, None]], "problem": ""},
        {"total": 1, "members": [[0, "a", 1, ""]] * (LISTED + 1), "problem": ""},
        {"total": 1, "members": [], "problem": 5},
    ],
)
def test_a_list_that_cannot_be_is_refused(lie: object) -> None:
    """A list that cannot be is refused."""
    with pytest.raises(WorkerFailed):
        bundles.decode_members(lie)


@pytest.mark.parametrize(
    ("lie", "data"),
    [
        (None, b"x"),
        ({"end": 1}, b"x"),
        ({"end": False}, b""),
        ({"end": True}, bytes(PIECE_BYTES + 1)),
    ],
)
def test_a_piece_that_cannot_be_is_refused(lie: object, data: bytes) -> None:
    """A piece that cannot be is refused."""
    with pytest.raises(WorkerFailed):
        bundles.decode_piece(lie, data)


def test_control_codes_in_a_name_do_not_get_through() -> None:
    """A worker that was taken over cannot hand escape codes on by a name."""
    told = {"total": 1, "members": [[0, "\x1b]0;x\x07a.pdf", 1, "\x1b[2J"]], "problem": ""}
    (member,) = bundles.decode_members(told).members
    assert (member.name, member.problem) == ("]0;xa.pdf", "[2J")


@given(st.integers(0, 2**36))
def test_the_ratio_counts_where_it_can_do_harm(unpacked: int) -> None:
    """Small files may be packed as tight as they like, larger ones a hundredfold."""
    packed = unpacked // RATIO
    assert not too_tight(packed + 1, unpacked, FREE_BYTES)
    assert too_tight(max(packed - 1, 0), unpacked + RATIO, FREE_BYTES) == (
        unpacked + RATIO > FREE_BYTES
    )


def test_a_worker_lists_and_unpacks_and_reads_on() -> None:
    """One worker does jobs of both kinds in any order; a damaged ZIP leaves it as good as new."""
    large = random.Random(1).randbytes(PIECE_BYTES + 9)
    data = zipped({"a.pdf": text_pdf(), "b.bin": large})
    source, broken, paper = Held(data), Held(data[:500]), Held(text_pdf())
    with Pool(1) as pool:
        listed = pool.members(source, 0).result()
        assert [m.name for m in listed.members] == ["a.pdf", "b.bin"]
        assert pool.piece(source, 0, 0).result() == Piece(text_pdf(), end=True)
        assert pool.piece(source, 1, 0).result() == Piece(large[:PIECE_BYTES], end=False)
        assert pool.probe(paper, "pdf").result() == Probe("pdf", 1)
        assert pool.piece(source, 1, PIECE_BYTES).result() == Piece(large[PIECE_BYTES:], end=True)
        assert "damaged" in pool.members(broken, 0).result().problem
        assert "damaged" in pool.piece(source, 7, 0).result().problem
        assert len(pool.pids) == 1
