"""Flags by command: what shows a mistake, what was left out, and where else it stands."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.cli.kit import BORN, LINES, PATIENT, Cli
from tests.ingest.papers import saved, text_pdf
from vault.errors import Exit

SAID = "She missed four visits and was not polite to the staff."


@pytest.fixture
def flagged(cli: Cli) -> tuple[Cli, list[str], str]:
    """Two records that say the same of a person, and a flag in the first."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street Hospital")
    cli.json("provider", "add", "Harbor View Family Practice")
    for name in "ab":
        cli.file(f"in/{name}.pdf", text_pdf((*LINES, SAID, f"Note {name}.")))
    rows = cli.rows("records", "import", cli.home / "in", "--provider", provider)
    records = [str(row["id"]) for row in rows]
    given = ("--page", "1", "--quote", SAID, "--should", "remove this")
    return cli, records, cli.text("id", "flag", "add", records[0], *given)


def test_evidence_is_added_shown_and_taken_back(flagged: tuple[Cli, list[str], str]) -> None:
    """A place, a picture and a note, each with its fields; what is wrong is said in a sentence."""
    cli, (_, other), flag = flagged
    label = cli.file("label.png", saved(Image.new("RGB", (90, 60), "red"), "PNG"))
    add = ("flag", "evidence", "add", flag)
    place = cli.json(*add, "--record", other, "--quote", "amoxicillin 500 mg")
    assert (place["kind"], place["page"], place["quote"]) == ("place", 1, "Amoxicillin 500 mg")
    shown = cli.json(*add, "--picture", label, "--note", "the bottle")
    assert (shown["kind"], shown["media"], shown["note"]) == ("picture", "png", "the bottle")
    typed = cli.run(*add, "--record", other, "--page", "1", "--quote", "not there at all")
    assert "kept as typed" in typed.err
    assert cli.json(*add, "--note", "I was there.")["kind"] == "note"
    assert len(cli.rows("evidence", "flag", "evidence", "list", flag)) == 4
    out = cli.home / "out.png"
    cli.json("flag", "evidence", "show", str(shown["id"]), "-o", out)
    assert out.read_bytes().startswith(b"\x89PNG")
    assert cli.json("flag", "evidence", "drop", str(place["id"]))["dropped"] is True
    assert "a picture: the bottle" in cli.run("flag", "evidence", "list", flag).out
    for wrong in ((), ("--quote", "x"), ("--picture", label, "--record", other)):
        assert cli.run(*add, *wrong).code == Exit.USAGE
    assert cli.run(*add, "--picture", cli.file("a.txt", "hello")).code == Exit.BAD_INPUT


def test_repeats_are_listed_and_flagged(flagged: tuple[Cli, list[str], str]) -> None:
    """First only shown, by holder; then those that are named, once."""
    cli, (_, other), flag = flagged
    (found,) = cli.rows("repeats", "flag", "repeats", flag)
    assert (found["record"], found["page"], found["same_words"]) == (other, 1, True)
    assert found["flag"] is None
    plain = cli.run("flag", "repeats", flag).out
    assert plain.startswith("Elm Street Hospital\n")
    assert f"{other}:1" in plain
    done = cli.json("flag", "repeats", flag, "--flag", f"{other}:1")
    assert len(done["flagged"]) == 1  # type: ignore[arg-type]
    assert cli.json("flag", "repeats", flag, "--flag-all")["flagged"] == []
    assert cli.run("flag", "repeats", flag, "--flag", other).code == Exit.USAGE
    assert cli.run("flag", "repeats", flag, "--flag", f"{other}:7").code == Exit.NO_INPUT


def test_a_flag_is_shown_with_all_that_belongs_to_it(flagged: tuple[Cli, list[str], str]) -> None:
    """Evidence, who may have made the entry and then who did, repeats and corrections."""
    cli, _, flag = flagged
    cli.json("flag", "evidence", "add", flag, "--note", "I was there.")
    shown = cli.json("flag", "show", flag)
    assert (shown["repeats"], shown["corrections"], shown["originator"]) == (1, [], None)
    suggested = shown["suggested_originator"]
    assert isinstance(suggested, dict)
    assert suggested["name"] == "Harbor View Family Practice"
    plain = cli.run("flag", "show", flag).out
    assert "perhaps first made by: Harbor View Family Practice" in plain
    assert "I was there." in plain
    given = ("--should", "remove this", "--originator", str(suggested["provider"]))
    assert cli.json("flag", "confirm", flag, *given)["originator"] == suggested["provider"]
    made = cli.text("id", "correction", "new", flag)
    shown = cli.json("flag", "show", flag)
    assert shown["corrections"] == [made]
    assert shown["suggested_originator"] is None


def test_an_omission_is_flagged(flagged: tuple[Cli, list[str], str]) -> None:
    """With its sort; an unknown one is refused with those there are."""
    cli, (record, _), _ = flagged
    given = ("flag", "omission", record, "--what", "page 2", "--should", "page 2 of 2")
    held = cli.json(*given, "--kind", "copying-defect")
    assert (held["kind"], held["omission"]) == ("missing", "copying_defect")
    assert held["reason"] == "Left out: page 2."
    wrong = cli.run(*given, "--kind", "lost")
    assert (wrong.code, "never_charted" in wrong.err) == (Exit.USAGE, True)
