"""The commands before a correction is sent, and the one that asks somebody else instead."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest

from tests.cli.kit import BORN, NOTE, PATIENT, Cli
from tests.ingest import amendment_forms as papers
from vault import dates

QUOTE, SHOULD = "Amoxicillin 500 mg", "Amoxicillin 250 mg"
FORM = {"id", "file", "pages", "letter", "on_sheet", "lacking"}


@pytest.fixture
def drafted(cli: Cli) -> Cli:
    """A vault with a correction of one flag of two; both sides have addresses."""
    person = cli.text("id", "person", "add", PATIENT, "--born", BORN, "--address", "12 Elm Street")
    cli.json("person", "edit", person, "--phone", "512-555-0117")
    elm = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    cli.json("provider", "edit", elm, "--address", "900 Elm Street")
    cli.file("note.pdf", NOTE)
    (note,) = cli.rows("records", "import", cli.home / "note.pdf", "--provider", elm)
    flags = [
        cli.text("id", "flag", "add", str(note["id"]), "--quote", quote, "--should", should)
        for quote, should in ((QUOTE, SHOULD), ("seven days", "ten days"))
    ]
    cli.json("correction", "new", flags[0])
    return cli


def flags_of(cli: Cli) -> tuple[str, str]:
    """The flag that is an item, and the one that is none yet."""
    ids = {str(row["should_say"]): str(row["id"]) for row in cli.rows("flags", "flag", "list")}
    return ids[SHOULD], ids["ten days"]


def test_from_draft_to_ready(drafted: Cli, tmp_path: Path) -> None:
    """What is missing is said, mended by the commands it names, and then nothing blocks."""
    document = json.loads(drafted.run("correction", "preflight", "cor_", "--json").out)
    assert set(document) == {"id", "ready", "findings"}
    assert document["ready"] is False
    rows = {frozenset(row) for row in document["findings"]}
    assert rows == {frozenset({"what", "ok", "blocks", "hint"})}
    plain = drafted.run("correction", "preflight", "cor_")
    assert plain.code == 1
    assert "STOP  a letter or a filled form: chartmend correction letter cor_" in plain.out
    item = str(drafted.rows("items", "correction", "show", "cor_")[0]["flag"])
    assert drafted.run("correction", "ready", "cor_").code == 1
    edited = drafted.json("correction", "edit", "cor_", "--item", item, "--why", "my own box")
    assert edited["state"] == "draft"
    drafted.json("correction", "letter", "cor_", "-o", tmp_path / "letter.pdf")
    today = dates.today().isoformat()
    done = drafted.run("correction", "preflight", "cor_", "--signed", today)
    assert done.code == 0
    assert "STOP" not in done.out
    assert "ok    it is signed" in done.out
    ready = drafted.json("correction", "ready", "cor_", "--signed", today)
    assert ready["state"] == "ready"


def test_the_form_of_the_provider(drafted: Cli, tmp_path: Path) -> None:
    """Taken in on the way, filled in, looked at, and ready."""
    drafted.file("amend.pdf", papers.tight())
    out, seen = tmp_path / "filled.pdf", tmp_path / "seen.png"
    argv = ("correction", "form", "cor_", "--form", drafted.home / "amend.pdf", "-o", out)
    done = drafted.json(*argv, "--check", seen)
    assert set(done) == FORM | {"check"}
    assert (done["pages"], done["on_sheet"], done["lacking"]) == (2, ["What is inaccurate"], [])
    assert PATIENT in pypdf.PdfReader(out).pages[0].extract_text()
    assert QUOTE in pypdf.PdfReader(out).pages[1].extract_text()
    assert seen.read_bytes().startswith(b"\x89PNG")
    assert out.stat().st_mode & 0o777 == 0o600
    assert "amendment" in drafted.run("form", "list").out
    today = dates.today().isoformat()
    looked = drafted.run("correction", "ready", "cor_", "--signed", today)
    assert "the filled form was looked at" in looked.err
    letter = str(done["letter"])
    drafted.json("correction", "log", "cor_", "form_checked", "--letter", letter)
    assert drafted.json("correction", "ready", "cor_", "--signed", today)["state"] == "ready"


def test_items_and_terms(drafted: Cli) -> None:
    """A flag more, a flag less, a plain message; what cannot be is refused with a sentence."""
    one, two = flags_of(drafted)
    both = drafted.json("correction", "edit", "cor_", "--add", two, "--informal")
    assert both["formal"] is False
    assert both["items"] == [{"flag": one, "state": "open"}, {"flag": two, "state": "open"}]
    less = drafted.json("correction", "edit", "cor_", "--drop", one, "--formal")
    assert (less["formal"], less["items"]) == (True, [{"flag": two, "state": "open"}])
    for argv, code, words in (
        (("--drop", two), 1, "without any item"),
        (("--quote", "x"), 2, "which item is meant"),
        (("--item", one, "--why", "x"), 2, "has no item"),
        (("--to", "prov_zz"), 66, "no provider"),
    ):
        done = drafted.run("correction", "edit", "cor_", *argv)
        assert (done.code, words in done.err) == (code, True)


def test_asking_who_made_the_entry(drafted: Cli) -> None:
    """The new correction is printed, and follows from the one that was denied."""
    quay = drafted.text("id", "provider", "add", "Quay Lab", "--jurisdiction", "us-tx")
    first = drafted.text("id", "correction", "show", "cor_")
    today = dates.today().isoformat()
    early = drafted.run("correction", "redirect", "cor_", "--to", quay)
    assert (early.code, "has not been sent" in early.err) == (1, True)
    drafted.json("correction", "sent", "cor_", "--on", today, "--by", "portal")
    drafted.json("correction", "answer", "cor_", "denied", "--ground", "not_created_here")
    new = drafted.json("correction", "redirect", first, "--to", quay)
    assert (new["provider"], new["parent"], new["state"]) == (quay, first, "draft")
    old = drafted.json("correction", "show", first)
    assert (old["state"], old["items"]) == (
        "closed",
        [{"flag": flags_of(drafted)[0], "state": "denied_accepted"}],
    )


def test_a_copy_of_a_proof_goes_along(drafted: Cli, tmp_path: Path) -> None:
    """Stamped for the provider who is asked, and kept with what the correction encloses."""
    drafted.file("order.pdf", NOTE)
    order = drafted.home / "order.pdf"
    proof = drafted.text("id", "id", "add", order, "--kind", "court_order")
    out = tmp_path / "copies.pdf"
    done = drafted.json("correction", "enclose", "cor_", proof, "-o", out)
    assert "Elm Street Hospital" in str(done["stamp"])
    assert out.exists()
