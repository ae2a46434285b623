"""The letters of asking by command: made, read, listed, checked, packed, faxed and bound."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.kit import BORN, NOTE, PATIENT, Cli
from vault.model.asking_letters import LetterKind

MADE = {"id", "letter", "kind", "file", "pages", "enclose"}


@pytest.fixture
def request_id(cli: Cli) -> str:
    """A draft to a hospital in Ohio, by a person with an address."""
    cli.json(
        "person", "add", PATIENT, "--born", BORN, "--address", "4 Larch Lane", "--phone", "555-0142"
    )
    provider = cli.text(
        "id",
        "provider",
        "add",
        "Elm Street Hospital",
        "--jurisdiction",
        "us-oh",
        "--fax",
        "555-0102",
    )
    wanted = ("--format", "PDF", "--fee-limit", "25.00", "--currency", "USD")
    return cli.text("id", "request", "new", "--provider", provider, *wanted)


def words_of(file: Path) -> str:
    """All words of a PDF."""
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_letter_is_written_kept_and_listed(cli: Cli, request_id: str, tmp_path: Path) -> None:
    """The PDF leaves the vault for the owner alone; the letter can be found again."""
    target = tmp_path / "letter.pdf"
    made = cli.json("request", "letter", request_id, "-o", target)
    assert set(made) == MADE
    assert (made["id"], made["kind"]) == (request_id, "access_request")
    assert made["file"] == str(target)
    assert made["pages"] == len(PdfReader(io.BytesIO(target.read_bytes())).pages)
    assert target.stat().st_mode & 0o777 == 0o600
    assert "Request for access to health records" in words_of(target)
    listed = cli.json("request", "letters", request_id)
    assert set(listed) == {"letters", "fits"}
    kept = listed["letters"]
    assert isinstance(kept, list)
    (letter,) = kept
    assert set(letter) == {"id", "kind", "made_on", "pages"}
    assert letter["id"] == made["letter"]
    fits = listed["fits"]
    assert isinstance(fits, list)
    assert [set(fit) for fit in fits] == [{"kind", "why"}]
    plain = cli.run("request", "letters", request_id).out
    assert "can be made:" in plain


def test_its_words_can_be_read_without_a_picture(cli: Cli, request_id: str) -> None:
    """Plain text on stdout; with --json in a field; no file is written."""
    said = cli.run("request", "letter", request_id, "--text").out
    assert said.startswith(f"{PATIENT}\n4 Larch Lane")
    assert "I ask for this under" in said
    document = cli.json("request", "letter", request_id, "--text")
    assert set(document) == MADE | {"words"}
    assert document["file"] is None
    assert str(document["words"]).startswith(PATIENT)


def test_a_letter_that_does_not_fit_is_refused_with_what_to_do(cli: Cli, request_id: str) -> None:
    """One sentence and a hint, exit 1; an unknown kind is wrong usage and names all kinds."""
    done = cli.run("request", "letter", request_id, "--kind", "review")
    assert done.code == 1
    assert "has not been sent" in done.err
    assert "Traceback" not in done.err
    wrong = cli.run("request", "letter", request_id, "--kind", "poem")
    assert wrong.code == 2
    assert all(kind in wrong.err for kind in LetterKind)


def test_the_kind_follows_where_the_request_stands(cli: Cli, request_id: str) -> None:
    """On the day named by --as-of: a reminder before the time is over, more after it."""
    cli.json("request", "sent", request_id, "--on", "2026-03-02", "--by", "fax")
    early = cli.json("request", "letter", request_id, "--as-of", "2026-03-25")
    late = cli.json("request", "letter", request_id, "--as-of", "2026-05-25")
    assert (early["kind"], late["kind"]) == ("reminder", "overdue")
    assert late["enclose"] == []
    complaint = ("request", "letter", request_id, "--kind", "complaint", "--as-of", "2026-05-25")
    assert cli.json(*complaint)["enclose"] == ["My request of 2 March 2026"]
    assert "Enclose: My request of 2 March 2026" in cli.run(*complaint).out


def test_the_check_names_what_is_missing_and_ready_waits_for_it(cli: Cli, request_id: str) -> None:
    """Exit 1 while something blocks; `ready` wants the signature; then the state is ready."""
    first = cli.json("request", "check", request_id, code=1)
    assert set(first) == {"id", "ready", "findings"}
    assert first["ready"] is False
    rows = first["findings"]
    assert isinstance(rows, list)
    assert {frozenset(row) for row in rows} == {frozenset({"what", "ok", "blocks", "hint"})}
    assert "a letter or a filled form" in [row["what"] for row in rows if row["blocks"]]
    plain = cli.run("request", "check", request_id)
    assert plain.code == 1
    assert "STOP  it is signed: sign it, then:" in plain.out
    cli.json("request", "letter", request_id)
    assert cli.run("request", "ready", request_id).code == 1
    assert cli.json("request", "check", request_id, "--signed")["ready"] is True
    done = cli.json("request", "ready", request_id, "--signed")
    assert (done["id"], done["state"]) == (request_id, "ready")


def test_a_fax_is_a_cover_that_names_no_patient_and_the_letter(
    cli: Cli, request_id: str, tmp_path: Path
) -> None:
    """Whom it is for, how many pages, and behind it the letter as it was made."""
    target = tmp_path / "fax.pdf"
    made = cli.json("request", "fax", request_id, "-o", target, "--more-pages", "2")
    assert set(made) == {"id", "file", "pages"}
    reader = PdfReader(io.BytesIO(target.read_bytes()))
    assert made["pages"] == len(reader.pages) == 3
    cover = " ".join(reader.pages[0].extract_text().split())
    assert "Elm Street Hospital" in cover
    assert "555-0102" in cover
    assert "5, this one among them" in cover
    assert "Confidential" in cover
    assert "Date of birth" not in cover
    assert "Request for access to health records" in reader.pages[1].extract_text()
    (letter,) = cli.rows("letters", "request", "letters", request_id)
    assert letter["kind"] == "access_request"


def test_a_fax_needs_a_number(cli: Cli, request_id: str, tmp_path: Path) -> None:
    """Without one it is refused, and nothing is written."""
    provider = cli.text("provider", "request", "show", request_id)
    with cli.session(write=True) as session, session.vault.write("test") as db:
        db.execute("UPDATE provider SET fax = '' WHERE id = ?", (provider,))
    done = cli.run("request", "fax", request_id, "-o", tmp_path / "fax.pdf")
    assert done.code == 1
    assert "no fax number" in done.err
    assert not (tmp_path / "fax.pdf").exists()


def test_a_pack_holds_each_letter_in_the_order_named(
    cli: Cli, request_id: str, tmp_path: Path
) -> None:
    """Two providers in two places: letters whole and in order, papers of their size, once each."""
    provider = cli.text("id", "provider", "add", "Quay Clinic", "--jurisdiction", "uk")
    other = cli.text("id", "request", "new", "--provider", provider)
    target = tmp_path / "pack.pdf"
    made = cli.json("request", "pack", other, request_id, other, "-o", target)
    assert set(made) == {"requests", "file", "pages"}
    assert made["requests"] == [other, request_id]
    pages = PdfReader(io.BytesIO(target.read_bytes())).pages
    assert made["pages"] == len(pages)
    assert "Subject access request" in pages[0].extract_text()
    assert round(float(pages[0].mediabox.width)) == 595
    first = next(n for n, p in enumerate(pages) if "Elm Street Hospital" in p.extract_text())
    assert round(float(pages[first].mediabox.width)) == 612
    assert "Quay Clinic" in pages[0].extract_text()
    assert all("Quay Clinic" not in page.extract_text() for page in pages[first:])
    again = tmp_path / "again.pdf"
    cli.json("request", "pack", other, request_id, "-o", again)
    assert again.read_bytes() == target.read_bytes()


def happened(cli: Cli, request: str) -> None:
    """Sent, confirmed, a fee asked for, delayed for no reason, a record came, a part refused."""
    letter = cli.text("letter", "request", "letter", request)
    on = ("--on", "2026-03-02", "--by", "fax", "--arrived", "2026-03-02")
    cli.json("request", "sent", request, *on, "--letter", letter)
    log = ("request", "log", request)
    cli.json(*log, "acknowledged", "--on", "2026-03-05", "--number", "ROI-77")
    fee = ("--amount", "90.00", "--currency", "USD", "--line", "search=90.00")
    cli.json(*log, "fee_quoted", "--on", "2026-03-06", *fee)
    cli.json(*log, "extended", "--on", "2026-03-20", "--until", "2026-04-20")
    cli.json("request", "letter", request, "--kind", "extension")
    cli.json(*log, "call", "--on", "2026-03-21", "--who", "Ms. Reed", "--note", "soon, she said")
    note = cli.file("note.pdf", NOTE)
    cli.json("import", note, "--request", request, "--received", "2026-03-25", "--medium", "fax")


def test_a_binder_holds_all_that_shows_what_happened(
    cli: Cli, request_id: str, tmp_path: Path
) -> None:
    """Timeline, clock and verdict, fees, record with checksum, rules, letters, page numbers."""
    happened(cli, request_id)
    target = tmp_path / "binder.pdf"
    made = cli.json("request", "binder", request_id, "-o", target, "--as-of", "2026-05-20")
    assert set(made) == {"id", "file", "pages"}
    assert target.stat().st_mode & 0o777 == 0o600
    pages = [p.extract_text() for p in PdfReader(io.BytesIO(target.read_bytes())).pages]
    assert made["pages"] == len(pages)
    said = " ".join(" ".join(pages).split())
    for part in (
        f"Patient {PATIENT}, born 7 March 1961",
        "Asked of Elm Street Hospital",
        "Their reference ROI-77",
        "2 March 2026 I sent the request by fax",
        "We spoke by telephone (Ms. Reed): “soon, she said”",
        "Due 1 Apr 2026: 30 days after receipt on 2 Mar 2026",
        "Not a lawful extension: the notice gives no reason",
        "all records: asked".replace(":", ""),
        "They charge for searching for the record",
        "How it came came by fax",
        "45 CFR 164.524(b)(2); confidence high; check the current text",
        "This quotes rules and is no legal advice.",
        "HHS Office for Civil Rights",
        "1. Access request, made on",
        "2. Extension, made on",
        "Request for access to health records",
        "Request for health records: your notice of delay",
        f"Evidence, page {len(pages)} of {len(pages)}",
    ):
        assert part in said, part
    assert hashlib.sha256(NOTE).hexdigest() in said.replace(" ", "")
    again = tmp_path / "again.pdf"
    cli.json("request", "binder", request_id, "-o", again, "--as-of", "2026-05-20")
    assert again.read_bytes() == target.read_bytes()
    with_pages = cli.json("request", "binder", request_id, "-o", again, "--records")
    assert with_pages["pages"] == len(pages) + 1


def test_a_binder_of_a_draft_says_that_nothing_happened_yet(
    cli: Cli, request_id: str, tmp_path: Path
) -> None:
    """No time runs, nothing came, no paper follows: each is said."""
    target = tmp_path / "binder.pdf"
    cli.json("request", "binder", request_id, "-o", target)
    said = words_of(target)
    assert "No time is running for this request." in said
    assert "Records that came None." in said
    assert "Papers that follow None." in said
