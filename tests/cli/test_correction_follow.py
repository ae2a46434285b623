"""A correction on the command line from its denial or its acceptance on: judged and followed up."""

from __future__ import annotations

import pytest

from tests.cli.kit import BORN, NOTE, PATIENT, Cli

OWED = {"id", "words", "held", "cite", "confidence"}
CHOICE = {"id", "words", "by", "cite", "confidence"}
RECIPIENT = {"id", "name", "address", "provider", "state", "on", "record", "note"}


@pytest.fixture
def asked(cli: Cli) -> tuple[Cli, str]:
    """A correction to a hospital in Texas, sent on 2 March 2026."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    note = cli.file("note.pdf", NOTE)
    (record,) = cli.rows("records", "import", note, "--provider", provider)
    flag = ("flag", "add", str(record["id"]), "--quote", "500 mg", "--should", "250 mg")
    id_ = cli.text("id", "correction", "new", cli.text("id", *flag), "--tell", "Dr. Pell")
    cli.json("correction", "sent", id_, "--on", "2026-03-02", "--by", "fax")
    return cli, id_


def objects(value: object) -> list[dict[str, object]]:
    """The value as the list of objects it must be."""
    assert isinstance(value, list)
    return value


def test_a_denial_in_plain_words_is_judged(asked: tuple[Cli, str]) -> None:
    """The ground is understood, the notice held against the law, and the choices are listed."""
    cli, id_ = asked
    said = ("--ground", "it is accurate and complete", "--says", "statement", "--on", "2026-03-20")
    cli.json("correction", "answer", id_, "denied", *said)
    held = cli.json("correction", "denial", id_)
    assert set(held) == {
        "id", "event", "on", "items", "ground", "known", "lawful", "grounds", "owed", "missing",
        "choices", "sentences",
    }  # fmt: skip
    assert (held["lawful"], held["known"], held["on"]) == (
        True, "hipaa-amend-accurate", "2026-03-20",
    )  # fmt: skip
    assert held["missing"] == ["amendment-attach", "amendment-complaint"]
    assert {frozenset(row) for row in objects(held["owed"])} == {frozenset(OWED)}
    assert {frozenset(row) for row in objects(held["choices"])} == {frozenset(CHOICE)}
    assert len(objects(held["grounds"])) == 4
    plain = cli.run("correction", "denial", id_).out
    assert "Their notice lacks what it has to say:" in plain
    assert "45 CFR 164.526(d)(1)(iii)" in plain
    assert "[by 2026-09-16]" in plain


def test_a_ground_the_law_does_not_know_is_kept(asked: tuple[Cli, str]) -> None:
    """As it was typed; a part that no notice has is refused, and so is judging no denial."""
    cli, id_ = asked
    assert cli.run("correction", "denial", id_).code == 1
    assert cli.run("correction", "answer", id_, "denied", "--says", "jam").code == 2
    cli.json("correction", "answer", id_, "denied", "--ground", "too old", "--on", "2026-03-20")
    held = cli.json("correction", "denial", id_)
    assert (held["ground"], held["known"], held["lawful"]) == ("too old", None, False)


def test_the_next_step(asked: tuple[Cli, str]) -> None:
    """A sentence, the command it begins with, and every date; all of it plain, too."""
    cli, id_ = asked
    held = cli.json("correction", "next", id_, "--as-of", "2026-03-05")
    assert set(held) == {"id", "state", "waiting_on", "next", "command", "days"}
    assert (held["state"], held["waiting_on"]) == ("sent", "provider")
    (row,) = objects(held["days"])
    assert set(row) == {"on", "kind", "urgency", "text", "cite"}
    assert (row["on"], row["kind"]) == ("2026-05-01", "answer")
    plain = cli.run("correction", "next", id_, "--as-of", "2026-03-05").out.splitlines()
    assert plain[0] == "wait for their answer"
    assert plain[1].startswith("  chartmend correction answer cor_")
    assert plain[2].startswith("  2026-05-01  Due 1 May 2026")


def test_those_who_are_to_be_told(asked: tuple[Cli, str]) -> None:
    """Named, told, seen, given up; each command prints them, and the list what is to be done."""
    cli, id_ = asked
    quay = cli.text("id", "provider", "add", "Quay Lab", "--jurisdiction", "us-tx")
    added = cli.json("correction", "recipient", "add", id_, "--provider", quay)
    assert set(added) == RECIPIENT | {"correction"}
    assert (added["name"], added["state"]) == ("Quay Lab", "to_tell")
    extra = cli.text("id", "correction", "recipient", "add", id_, "Dr. Roe", "--address", "1 Elm")
    edit = ("correction", "recipient", "edit", extra, "--name", "Dr. Ona Roe", "--note", "by mail")
    assert cli.json(*edit)["name"] == "Dr. Ona Roe"
    assert cli.json("correction", "recipient", "remove", extra)["id"] == extra
    cli.json("correction", "answer", id_, "accepted", "--on", "2026-03-10")
    lab = str(added["id"])
    told = cli.json("correction", "recipient", "told", lab, "--on", "2026-03-12", "--by-me")
    assert (told["state"], told["on"]) == ("told", "2026-03-12")


def test_each_is_followed_up(asked: tuple[Cli, str]) -> None:
    """The list says what is to be done and when; an unchanged copy asks for a letter."""
    cli, id_ = asked
    quay = cli.text("id", "provider", "add", "Quay Lab", "--jurisdiction", "us-tx")
    lab = cli.text("id", "correction", "recipient", "add", id_, "--provider", quay)
    cli.json("correction", "answer", id_, "accepted", "--on", "2026-03-10")
    cli.json("correction", "recipient", "told", lab, "--on", "2026-03-12")
    listed = cli.json("correction", "recipient", "list", id_, "--as-of", "2026-03-15")
    assert set(listed) == {"recipients", "suggested"}
    rows = objects(listed["recipients"])
    fields = RECIPIENT | {"correction", "follow_up", "text", "cite", "confidence"}
    assert {frozenset(row) for row in rows} == {frozenset(fields)}
    assert [row["follow_up"] for row in rows] == ["2026-04-09", "2026-04-11"]
    due = cli.rows("due", "due", "--as-of", "2026-03-15")
    assert {row["kind"] for row in due} == {"follow_up", "fresh_copy"}
    seen = cli.json("correction", "recipient", "copy", lab, "unchanged", "--on", "2026-04-20")
    assert seen["state"] == "unchanged"
    plain = cli.run("correction", "recipient", "list", id_).out
    assert "write to Quay Lab" in plain
    assert "45 CFR 164.526(e)" in plain
    gone = cli.json("correction", "recipient", "give-up", lab, "--why", "they closed")
    assert (gone["state"], gone["note"]) == ("given_up", "they closed")
    assert cli.run("correction", "recipient", "copy", lab, "perhaps").code == 2
    assert cli.run("correction", "recipient", "told", "told_zzzz").code == 66


def test_a_missing_part_is_asked_for(cli: Cli) -> None:
    """What fits is said; what nobody wrote down needs a correction, unless a person says what."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    note = cli.file("note.pdf", NOTE)
    (record,) = cli.rows("records", "import", note, "--provider", provider)
    flag = cli.text(
        "id", "flag", "add", str(record["id"]), "--kind", "missing", "--should", "the second page"
    )
    held = cli.json("flag", "request", flag, "--suggest")
    assert set(held) == {
        "flag", "way", "why", "provider", "request", "items", "what", "from", "to", "facility",
    }  # fmt: skip
    assert held["way"] == "correction"
    refused = cli.run("flag", "request", flag)
    assert refused.code == 1
    assert f"chartmend correction new {flag}" in refused.err
    what = ("--what", "visit notes", "--from", "2024-03-14", "--to", "2024-03-14")
    made = cli.json("flag", "request", flag, *what, "--facility", "page 2")
    assert {"flag", "flag_state", "existing", "items", "why", "state", "due"} <= set(made)
    assert (made["state"], made["existing"], made["flag_state"]) == ("draft", False, "confirmed")
    shown = cli.json("request", "show", str(made["id"]))
    (item,) = objects(shown["items"])
    assert (item["type"], item["facility"], item["from"]) == (
        "visit_notes", "page 2", "2024-03-14",
    )  # fmt: skip
    states = {row["id"]: row["state"] for row in cli.rows("flags", "flag", "list")}
    assert states[flag] == "confirmed"
