"""chartmend provider: offices, process, calls, names in records, the registry, merging."""

from __future__ import annotations

import json

import pytest

from tests.actions.registry_files import TEST_NPIS, csv_file, organisation
from tests.cli.kit import BORN, PATIENT, Cli
from tests.ingest.papers import text_pdf

NPI = TEST_NPIS[0]
OFFICE = {"id", "provider", "role", "name", "contact", "address", "phone", "fax", "email"}
OFFICE |= {"site", "note"}
STATEMENT = {"id", "provider", "topic", "value", "source", "said_by", "on", "note", "call"}
STATEMENT |= {"withdrawn_on"}
CALL = {"id", "provider", "request", "on", "who", "said", "confirmation"}
NAMED = {"name", "kind", "spellings", "records", "years", "provider", "match", "decided"}
NAMED |= {"ignored", "asked", "received", "never_asked"}
VISIT = ("Elm Street Hospital", "Date of visit: 14 March 2024", "Lab: Quay Laboratories Inc.")


def _add(cli: Cli, name: str, *more: str) -> str:
    return cli.text("id", "provider", "add", name, "--jurisdiction", "us-tx", *more)


def test_what_is_known_of_a_provider(cli: Cli) -> None:
    """Number, other names, closing and successor by options; found by a name of before."""
    keeper = _add(cli, "Custodian")
    options = ("--npi", NPI, "--other-name", "Old Mill", "--closed", "2020-01-02")
    made = cli.json("provider", "add", "Elm", *options, "--successor", keeper[:9])
    told = {k: made[k] for k in ("npi", "other_names", "closed_on", "successor", "to_confirm")}
    assert told == {
        "npi": NPI,
        "other_names": ["Old Mill"],
        "closed_on": "2020-01-02",
        "successor": keeper,
        "to_confirm": None,
    }
    (found,) = cli.rows("providers", "provider", "list", "--name", "old mill")
    assert found["id"] == made["id"]
    shown = cli.run("provider", "show", str(made["id"])).out
    for line in (f"NPI {NPI}", "also: Old Mill", "closed on 2020-01-02", "records are with Custod"):
        assert line in shown
    assert cli.json("provider", "edit", str(made["id"]), "--reopened")["closed_on"] is None
    wrong = cli.run("provider", "add", "Oak", "--npi", "1555000012")
    assert (wrong.code, "check digit" in wrong.err) == (2, True)


def test_offices(cli: Cli) -> None:
    """Added, changed, taken out; a vendor needs a name, a role is one of seven."""
    provider = _add(cli, "Elm")
    given = ("--role", "imaging", "--contact", "Film desk", "--fax", "555-0101")
    made = cli.json("provider", "office", "add", provider, *given, "--site", "portal.example")
    assert set(made) == OFFICE
    id_ = str(made["id"])
    changed = cli.json("provider", "office", "edit", id_, "--role", "vendor", "--name", "CopyFast")
    assert (changed["role"], changed["fax"]) == ("vendor", "555-0101")
    shown = cli.json("provider", "show", provider)["offices"]
    assert shown == [changed]
    assert "vendor  CopyFast" in cli.run("provider", "show", provider).out
    assert cli.run("provider", "office", "add", provider, "--role", "vendor").code == 2
    assert cli.run("provider", "office", "add", provider, "--role", "cellar").code == 2
    assert cli.json("provider", "office", "remove", id_)["id"] == id_
    gone = cli.run("provider", "office", "remove", id_)
    assert (gone.code, "provider show" in gone.err) == (66, True)


def test_statements_and_what_does_not_fit(cli: Cli) -> None:
    """Two sources disagree, one of them with the law: both stand, with a citation."""
    provider = _add(cli, "Elm")
    says = ("provider", "says", provider, "notary")
    form = cli.json(*says, "required", "--source", "form", "--on", "2026-03-02", "--by", "page 2")
    assert set(form) == STATEMENT | {"contradictions"}
    phone = cli.json(*says, "not-required", "--source", "phone")
    apart, law = cli.rows("contradictions", "provider", "show", provider)
    assert apart == {"topic": "notary", "statements": [form["id"], phone["id"]]}
    assert set(law) == {"topic", "statements", "law", "cite", "confidence", "check"}
    assert law["statements"] == [form["id"]]
    plain = cli.run("provider", "show", provider).out
    assert "! notary: the form (2026-03-02) says 'required', the phone" in plain
    assert "45 CFR 164.524" in plain
    assert "check the current text" in plain
    gone = cli.json("provider", "unsay", str(form["id"]))
    assert gone["withdrawn_on"]
    assert cli.json("provider", "show", provider)["contradictions"] == []
    assert cli.run(*says, "perhaps", "--source", "form").code == 2
    assert cli.run(*says, "required", "--source", "pigeon").code == 2


def test_a_call(cli: Cli) -> None:
    """A call with a number, about a request, makes the statements it told of."""
    provider = _add(cli, "Elm")
    cli.json("person", "add", PATIENT, "--born", BORN)
    request = cli.text("id", "request", "new", "--provider", provider)
    talk = ("--said", "Send their form", "--who", "Ann", "--number", "C-7", "--request", request)
    topics = ("--topic", "form=own_form_required", "--topic", "fee=6.50 flat")
    call = cli.json("provider", "call", provider, *talk, *topics, "--on", "2026-03-02")
    assert set(call) == CALL | {"statements", "contradictions"}
    assert (call["request"], call["confirmation"]) == (request, "C-7")
    made = call["statements"]
    assert isinstance(made, list)
    assert [s["value"] for s in made] == ["own_form_required", "6.50 flat"]
    assert {s["call"] for s in made} == {call["id"]}
    assert "number C-7" in cli.run("provider", "show", provider).out
    assert cli.run("provider", "call", provider, "--said", "x", "--topic", "fee").code == 2


def test_names_in_records(cli: Cli) -> None:
    """Listed with or without the word, decided by a person, and taken back."""
    provider = _add(cli, "Elm Health")
    cli.json("import", cli.file("visit.pdf", text_pdf(VISIT)))
    rows = {str(row["name"]): row for row in cli.rows("named", "provider", "named")}
    assert set(rows) == {"Elm Street Hospital", "Quay Laboratories Inc"}
    assert all(set(row) == NAMED for row in rows.values())
    lab = rows["Quay Laboratories Inc"]
    assert (lab["kind"], lab["never_asked"]) == ("lab", True)
    year = {"year": 2024, "named": 1, "asked": False, "received": False}
    assert lab["years"] == [year]
    plain = cli.run("provider", "named", "list").out
    assert "never asked" in plain
    same = cli.json("provider", "named", "same", "elm street hospital", provider)
    assert (same["provider"], same["decided"], same["match"]) == (provider, True, "same")
    made = cli.json("provider", "named", "add", "Quay Laboratories Inc", "--kind", "lab")
    assert made["kind"] == "lab"
    assert cli.json("provider", "named", "undo", "Quay Laboratories Inc")["decided"] is False
    assert cli.json("provider", "named", "ignore", "Quay Laboratories Inc")["ignored"] is True
    assert cli.run("provider", "named", "ignore", "Nobody").code == 66


def test_the_registry(cli: Cli) -> None:
    """Counts by JSON, 65 where a row was bad, nothing doubled, and confirmed by a person."""
    rows = [organisation(NPI, "ELM HOSPITAL"), organisation("1555000012", "WRONG DIGIT")]
    file = cli.file("npidata.csv", csv_file(rows))
    first = cli.json("provider", "import", file, "--state", "TX", code=65)
    (bad,) = cli.rows("bad", "provider", "import", file, code=65)
    assert bad == {"line": 3, "why": "1555000012 is no NPI: its check digit is wrong"}
    assert {k: first[k] for k in ("added", "updated", "unchanged", "skipped")} == {
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "skipped": 1,
    }
    assert set(first) == {
        "added", "updated", "unchanged", "skipped", "deactivated", "more", "bad",
    }  # fmt: skip
    (held,) = cli.rows("providers", "provider", "list")
    assert "npidata.csv" in str(held["to_confirm"])
    assert "to confirm" in cli.run("provider", "list").out
    assert cli.json("provider", "confirm", str(held["id"]))["to_confirm"] is None
    plain = cli.run("provider", "import", file, "--kind", "hospital")
    assert (plain.code, "line 3" in plain.out) == (65, True)
    assert cli.run("provider", "import", cli.file("other.csv", "a,b\n")).code == 65
    assert cli.run("provider", "import", cli.home / "missing").code == 66
    assert cli.run("provider", "import", file, "--limit", "0").code == 2


def test_merging_and_deleting(cli: Cli) -> None:
    """A double goes into the other; one that is named stays, and the sentence says by what."""
    old, kept = _add(cli, "Elm"), _add(cli, "Elm Street Hospital")
    cli.json("person", "add", PATIENT, "--born", BORN)
    request = cli.text("id", "request", "new", "--provider", old)
    refused = cli.run("provider", "delete", old)
    assert refused.code == 1
    assert f"1 request ({request})" in refused.err
    done = cli.json("provider", "merge", old, kept)
    assert (done["id"], done["gone"], done["other_names"]) == (kept, old, ["Elm"])
    moved = done["moved"]
    assert isinstance(moved, dict)
    assert moved["request"] == 1
    assert cli.json("request", "show", request)["provider"] == kept
    third = _add(cli, "Oak")
    cli.json("provider", "says", third, "fee", "free", "--source", "form")
    gone = cli.json("provider", "delete", third)
    assert gone == {"id": third, "removed": {"office": 0, "statement": 1, "call": 0}}
    assert cli.run("provider", "show", third).code == 66


@pytest.mark.parametrize("name", ["[red]Elm[/]", "\x1b]2;owned\x07Elm", "‮mlE"])
def test_hostile_names_are_only_names(cli: Cli, name: str) -> None:
    """Control codes and direction marks reach neither the vault nor the terminal."""
    provider = _add(cli, name)
    cli.json("provider", "office", "add", provider, "--name", name, "--note", name)
    cli.json("provider", "call", provider, "--said", name, "--who", name)
    out = cli.run("provider", "show", provider).out
    assert not any(c in out for c in "\x1b\x07‮")
    assert json.loads(cli.run("provider", "show", provider, "--json").out)["id"] == provider
