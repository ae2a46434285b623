"""A ZIP is listed and unpacked piece by piece; one made to do harm is refused and said."""

from __future__ import annotations

import contextlib
import random
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.bundles import (
    entry,
    headers_changed,
    listed,
    locked,
    mutated,
    overlapping,
    zipped,
)
from vault.ingest.sheet import Unreadable
from vault.ingest.zips import Zip
from vault.model.bundles import LISTED, MEMBERS, PIECE_BYTES, Member
from vault.model.media import sniff

PDF = b"%PDF-1.7 " + random.Random(3).randbytes(3000)
MB = 1024**2
MUTATIONS = 300


def opened(data: bytes) -> Zip:
    """A ZIP held in memory, read by ranges."""
    return Zip(len(data), lambda offset, length: data[offset : offset + length])


def whole(held: Zip, member: Member, password: str = "") -> bytes:
    """All bytes of a member, piece by piece."""
    out = bytearray()
    while True:
        piece = held.piece(member.index, len(out), password)
        assert len(piece.data) <= PIECE_BYTES
        out += piece.data
        if piece.end:
            return bytes(out)


def problems(data: bytes) -> dict[str, str]:
    """What stops the members of a ZIP, by their names."""
    return {member.name: member.problem for member in opened(data).members(0).members}


def refusal(data: bytes) -> str:
    """Why a whole ZIP is not opened."""
    with pytest.raises(Unreadable) as caught:
        opened(data)
    return caught.value.clause


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?\.pdf", fullmatch=True),
        st.binary(min_size=1, max_size=5000),
        max_size=3,
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_what_was_put_in_comes_out(files: dict[str, bytes], packing: int) -> None:
    """Names, lengths and bytes of all files are those that were packed."""
    held = opened(zipped(files, packing))
    found = held.members(0).members
    assert {member.name: whole(held, member) for member in found} == files
    assert [member.size for member in found] == [len(data) for data in files.values()]
    held.close()


def test_pieces_from_any_place() -> None:
    """A piece is the same whether the one before was asked for or not, also going back."""
    data = random.Random(5).randbytes(3 * PIECE_BYTES + 7)
    held = opened(zipped({"a.pdf": data, "b.pdf": PDF}))
    for offset in (0, PIECE_BYTES, 3 * PIECE_BYTES, 5, 2 * PIECE_BYTES):
        assert held.piece(0, offset, "").data == data[offset : offset + PIECE_BYTES]
        assert held.piece(1, 0, "").data == PDF
    assert held.piece(0, 3 * PIECE_BYTES, "").end
    assert not held.piece(0, 0, "").end


def test_a_long_list_crosses_in_parts() -> None:
    """So many members as cross at once, then the rest."""
    held = opened(zipped({f"{n}.pdf": b"x" for n in range(LISTED + 3)}))
    first, rest = held.members(0), held.members(LISTED)
    assert (first.total, len(first.members), len(rest.members)) == (LISTED + 3, LISTED, 3)
    assert rest.members[-1].name == f"{LISTED + 2}.pdf"


def test_folders_and_hidden_files_are_left_out() -> None:
    """What a folder import passes over is passed over in a ZIP too."""
    left_out = ("a/", ".hidden.pdf", ".git/x.pdf", "__MACOSX/a/._b.pdf", "a\\c\\")
    taken = ("a/b.pdf", "./d.pdf", "a//e.pdf")
    found = problems(zipped(dict.fromkeys((*left_out, *taken), b"x")))
    assert list(found) == ["a/b.pdf", "d.pdf", "a/e.pdf"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../a.pdf", "outside"),
        ("a/../../b.pdf", "outside"),
        ("..\\a.pdf", "outside"),
        ("/etc/a.pdf", "outside"),
        ("C:\\a.pdf", "outside"),
        ("a\x00.pdf", "control"),
        ("a\x1b[31m.pdf", "control"),
        ("a\n.pdf", "control"),
        ("n" * 60_000 + ".pdf", "too long"),
    ],
)
def test_names_that_are_tricks(name: str, why: str) -> None:
    """The member is refused with the reason, the one beside it is taken."""
    found = problems(listed((entry(name), PDF), (entry("good.pdf"), PDF)))
    assert found.pop("good.pdf") == ""
    ((shown, problem),) = found.items()
    assert why in problem
    assert shown.isprintable()


def test_windows_separators_and_other_alphabets() -> None:
    """Backslashes part folders; a name in any script is shown as it is."""
    assert problems(zipped({"a\\b.pdf": PDF, "Überweisung/検査.pdf": PDF})) == {
        "a/b.pdf": "",
        "Überweisung/検査.pdf": "",
    }


def test_the_same_name_twice() -> None:
    """Only the first is taken: programs differ in which of them they show."""
    data = listed((entry("a.pdf"), PDF), (entry("a.pdf"), b"%PDF-other"))
    found = opened(data).members(0).members
    assert [bool(member.problem) for member in found] == [False, True]
    assert "same name" in found[1].problem


@pytest.mark.parametrize(
    ("mode", "why"),
    [(stat.S_IFLNK | 0o777, "a link"), (stat.S_IFIFO, "not a file"), (stat.S_IFREG | 0o600, "")],
)
def test_links_and_devices(mode: int, why: str) -> None:
    """A link inside a ZIP is not followed and not taken."""
    assert why in problems(listed((entry("a.pdf", mode), b"/etc/passwd")))["a.pdf"]
    assert bool(problems(listed((entry("a.pdf", mode), PDF)))["a.pdf"]) == bool(why)


def test_packings_and_locks_that_are_not_read() -> None:
    """Each is told as what it is; an empty file too."""
    assert "packed in a way" in problems(zipped({"a.pdf": PDF}, zipfile.ZIP_BZIP2))["a.pdf"]
    assert "packed in a way" in problems(zipped({"a.pdf": PDF}, zipfile.ZIP_LZMA))["a.pdf"]
    aes = headers_changed(zipped({"a.pdf": PDF}), 8, 10, b"\x63\x00")
    assert "AES" in problems(aes)["a.pdf"]
    assert problems(zipped({"a.pdf": b""}))["a.pdf"] == "the file is empty"


def test_a_locked_member_and_its_password() -> None:
    """Without or with a wrong password there is a reason; with the right one, the bytes."""
    held = opened(locked("a.pdf", PDF, "sesame"))
    (member,) = held.members(0).members
    with pytest.raises(Unreadable, match="needs a password"):
        held.piece(0, 0, "")
    for wrong in ("open", "x", "sesam"):
        with pytest.raises(Unreadable, match="does not open it"):
            whole(held, member, wrong)
    assert whole(held, member, "sesame") == PDF


def test_one_member_that_unpacks_a_thousandfold() -> None:
    """Ten megabytes of zeros are refused by their ratio, the file beside them is taken."""
    noise = random.Random(1).randbytes(MB)
    found = problems(zipped({"bomb.pdf": bytes(10 * MB), "small.pdf": bytes(MB), "a.pdf": noise}))
    assert "100 times" in found["bomb.pdf"]
    assert found["small.pdf"] == found["a.pdf"] == ""


def test_a_zip_that_unpacks_a_thousandfold_by_small_members() -> None:
    """Members each small enough do not slip through together."""
    assert "100 times" in refusal(zipped({f"{n}.pdf": bytes(MB) for n in range(20)}))


def test_members_over_each_other() -> None:
    """One stretch of bytes under a hundred names is refused, however small."""
    assert "over each other" in refusal(overlapping(100, PDF))
    assert "over each other" in refusal(overlapping(2, PDF))
    assert problems(overlapping(1, PDF)) == {"a.pdf": ""}


def test_too_many_members() -> None:
    """One more than allowed, folders and all, and the ZIP is not opened."""
    files = dict.fromkeys((f"{n}/" for n in range(MEMBERS + 1)), b"")
    assert "20,000" in refusal(zipped(files, zipfile.ZIP_STORED))


def test_too_large_in_all() -> None:
    """What a ZIP claims to unpack to is bounded before anything is unpacked."""
    huge = headers_changed(zipped({f"{n}.pdf": PDF for n in range(7)}), 22, 24, b"\xfe\xff\xff\xff")
    assert "20 GiB" in refusal(huge)


def test_sizes_that_lie() -> None:
    """A member longer or shorter than it says is damaged; no byte beyond what it says comes out."""
    for claimed in (100, len(PDF) - 1, len(PDF) + 1, 500_000):
        lie = headers_changed(zipped({"a.pdf": PDF}), 22, 24, claimed.to_bytes(4, "little"))
        held = opened(lie)
        (member,) = held.members(0).members
        with pytest.raises(Unreadable, match="damaged inside"):
            whole(held, member)


def test_a_wrong_checksum() -> None:
    """A member whose bytes were changed is never handed out to its end."""
    data = zipped({"a.pdf": PDF}, zipfile.ZIP_STORED).replace(PDF[500:600], bytes(100))
    held = opened(data)
    (member,) = held.members(0).members
    with pytest.raises(Unreadable, match="damaged inside"):
        whole(held, member)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_zip_that_was_cut_off(share: float) -> None:
    """Its list is at its end, so nothing of it can be trusted."""
    data = zipped({"a.pdf": PDF, "b.pdf": PDF[:999]})
    assert "damaged" in refusal(data[: int(len(data) * share)])


def test_a_list_that_claims_to_be_huge() -> None:
    """A list of contents of gigabytes is refused before it is read."""
    data = bytearray(zipped({"a.pdf": PDF}))
    at = data.rindex(b"PK\x05\x06")
    data = data[:at] + bytes(20 * MB) + data[at:]
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = (17 * MB).to_bytes(4, "little")
    assert "20,000" in refusal(bytes(data))


def test_mutations_raise_nothing_unforeseen() -> None:
    """Any change of bytes gives a listing, pieces within their bounds, or a clear no."""
    opens = 0
    for data in mutated(MUTATIONS, seed=11):
        try:
            held = opened(data)
        except Unreadable:
            continue
        opens += 1
        for member in held.members(0).members:
            with contextlib.suppress(Unreadable):
                assert len(whole(held, member, "sesame")) == member.size
        held.close()
    assert MUTATIONS // 10 < opens < MUTATIONS


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (zipped({"a.pdf": PDF}, zipfile.ZIP_STORED), "zip"),
        (zipped({}), "zip"),
        (zipped({"[Content_Types].xml": b"x"}), None),
        (zipped({"mimetype": b"application/epub+zip"}), None),
        (b"PK of anything %PDF-", None),
    ],
)
def test_what_counts_as_a_zip(head: bytes, kind: str | None) -> None:
    """A ZIP is told by its first bytes, office files and books are not taken for one."""
    assert sniff(head[:1024]) == kind
