"""Who may ask and the ID kit by command: fields, sentences and exit codes."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tests.cli.kit import NOTE, Cli

LAW = {"says", "cite", "confidence"}
AUTHORITY = {"id", "person", "name", "basis", "relationship", "scope", "from", "to", "ended_on"}
AUTHORITY |= {"limits", "proof", "address", "phone", "email", "valid", "blocked", "rule"}
AUTHORITY |= {"lacking", "limited_by", "notes", "capacity", "proof_line"}
DOCUMENT = {"id", "person", "kind", "title", "media", "bytes", "expires_on", "validity", "expiry"}
DOCUMENT |= {"masks", "deleted", "proves", "uses"}
USE = {"document", "recipient", "request", "on", "masked"}
DEAD = ("--born", "1940-05-01", "--died", "2024-02-03", "--relation", "deceased")


@dataclass(frozen=True, slots=True)
class Kit:
    """A vault with somebody who died, who asks for them, and a document that proves it."""

    cli: Cli
    person: str
    authority: str
    document: str
    request: str


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Made once; its tests add uses, and change nothing else."""
    cli = Cli(tmp_path_factory.mktemp("kit"))
    cli.make()
    person = cli.text("id", "person", "add", "Edda Voss", *DEAD)
    paper = cli.file("letters.pdf", NOTE)
    kind = ("--kind", "letters_testamentary", "--mask", "1:10,20,30,5")
    until = ("--expires", "2026-12-01")
    document = cli.text("id", "id", "add", paper, *kind, *until)
    authority = cli.text(
        "id", "authority", "add", "Marian Voss", "--basis", "executor", "--proof", document
    )
    elm = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    request = cli.text("id", "request", "new", "--provider", elm, "--authority", authority)
    return Kit(cli, person, authority, document, request)


def test_an_authority_as_json(kit: Kit) -> None:
    """Every field the documentation names, the rules with their citation."""
    (row,) = kit.cli.rows("authorities", "authority", "list", "--as-of", "2026-11-23")
    assert set(row) == AUTHORITY
    assert row == kit.cli.json("authority", "show", kit.authority, "--as-of", "2026-11-23")
    assert (row["valid"], row["blocked"], row["rule"]) == (True, None, None)
    assert row["capacity"] == "as executor of the estate of Edda Voss"
    assert row["proof_line"] == "letters testamentary enclosed"
    assert row["lacking"] == ["There is no death certificate in the ID kit."]
    notes = row["notes"]
    assert isinstance(notes, list)
    assert [set(note) for note in notes] == [LAW, LAW]
    before = kit.cli.json("authority", "show", kit.authority, "--as-of", "2024-02-02")
    assert before["valid"] is False
    assert isinstance(before["rule"], dict)
    assert set(before["rule"]) == LAW


def test_an_authority_in_plain_lines(kit: Kit) -> None:
    """What holds, what is missing and by which law, without a table."""
    done = kit.cli.run("authority", "show", "auth_")
    assert "executor of Edda Voss" in done.out
    assert "! There is no death certificate" in done.out
    assert "45 CFR 164.502(g)(4); confidence high; check the current text" in done.out
    assert "valid" in kit.cli.run("authority", "list").out


def test_a_document_as_json_and_as_a_line(kit: Kit) -> None:
    """Every field the documentation names; the list warns before it expires and after."""
    (row,) = kit.cli.rows("documents", "id", "list", "--as-of", "2026-11-23")
    assert set(row) == DOCUMENT
    assert (row["validity"], row["masks"]) == ("expires_soon", ["1:10,20,30,5"])
    assert row["proves"] == [kit.authority]
    assert "! expires in 8 days" in kit.cli.run("id", "list", "--as-of", "2026-11-23").out
    assert "! expired on" in kit.cli.run("id", "list", "--as-of", "2026-12-02").out


def test_a_copy_is_written_and_noted(kit: Kit) -> None:
    """The file, what is stamped on it, and the log it is then found in."""
    out = kit.cli.home / "copy.pdf"
    made = kit.cli.json(
        "id", "copy", kit.document, "--for", "Quay Lab", "--on", "2026-11-20", "-o", out
    )
    assert set(made) == {"file", "pages", "stamp", "uses"}
    assert made["stamp"] == "for Quay Lab only · 2026-11-20"
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.stat().st_mode & 0o077 == 0
    uses = kit.cli.json("id", "show", kit.document)["uses"]
    assert isinstance(uses, list)
    assert set(uses[0]) == USE
    assert "copied 2026-11-20 for Quay Lab (masked)" in kit.cli.run("id", "show", "doc_").out


def test_enclosures_of_a_request(kit: Kit) -> None:
    """The provider's name and the request stand on the copies that go with it."""
    out = kit.cli.home / "enclosed.pdf"
    done = kit.cli.run("request", "enclose", kit.request, kit.document, "--unmasked", "-o", out)
    assert done.code == 0, done.err
    assert f"for Elm Street Hospital only · request {kit.request}" in done.out
    assert "Nothing on it is masked." in done.out


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["authority", "add", "X", "--basis", "friend"], 2, "no basis 'friend'"),
        (["authority", "edit", "auth_", "--clear", "name"], 2, "no part to clear"),
        (["authority", "end", "auth_", "--on", "2026-13-01"], 2, "not a date"),
        (["authority", "show", "auth_zz"], 66, "chartmend authority list"),
        (["id", "show", "doc_zz"], 66, "chartmend id list"),
        (["id", "add", "/none.pdf", "--kind", "passport"], 66, "not there"),
        (["id", "add", "/etc/hostname", "--kind", "passport"], 65, "unknown kind"),
        (["id", "add", "/etc/hostname", "--kind", "library_card"], 2, "no kind of document"),
        (["id", "mask", "doc_"], 2, "no box"),
        (["id", "mask", "doc_", "1:0.1,0.1,0.2,0.1"], 2, "too small"),
        (["id", "copy", "doc_", "--for", " ", "-o", "x.pdf"], 2, "--for"),
        (["id", "copy", "doc_", "--for", "X", "-o", "/none/x.pdf"], 73, "folder is not there"),
        (["id", "delete", "doc_"], 1, "proof of an authority"),
    ],
)
def test_what_goes_wrong_is_said(kit: Kit, argv: list[str], code: int, said: str) -> None:
    """A sentence, a hint and the exit code of the contract; nothing is changed."""
    done = kit.cli.run(*argv)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_ended_masked_cleared_and_deleted(cli: Cli) -> None:
    """The commands that change something do."""
    cli.json("person", "add", "Lior Voss", "--born", "2015-05-01", "--relation", "child")
    held = cli.text("id", "authority", "add", "Marian Voss", "--basis", "parent")
    ended = cli.json("authority", "end", held, "--on", "2020-01-01")
    assert (ended["valid"], ended["blocked"]) == (False, "it ended on 2020-01-01")
    edited = cli.json("authority", "edit", held, "--limit", "minor-consented care")
    assert edited["limits"] == ["minor_consented_care"]
    assert cli.json("authority", "edit", held, "--clear", "limits")["limits"] == []
    until = ("--expires", "2027-01-01")
    document = cli.text("id", "id", "add", cli.file("a.pdf", NOTE), "--kind", "passport", *until)
    assert cli.json("id", "edit", document, "--no-expiry")["expires_on"] is None
    two = cli.json("id", "mask", document, "1:1,1,5,5", "1:50,50,10,10")
    assert two["masks"] == ["1:1,1,5,5", "1:50,50,10,10"]
    assert cli.json("id", "mask", document, "--clear")["masks"] == []
    assert cli.json("id", "edit", document, "--title", "My passport")["title"] == "My passport"
    assert cli.json("id", "delete", document) == {"id": document, "deleted": True}
    assert json.loads(cli.run("id", "list", "--json").out) == {"documents": []}
    alive = cli.json("person", "edit", "per_", "--died", "2026-01-01")
    assert alive["died_on"] == "2026-01-01"
    assert cli.json("person", "edit", "per_", "--alive")["died_on"] is None
