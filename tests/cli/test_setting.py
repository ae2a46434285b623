"""Settings by command."""

from __future__ import annotations

from tests.cli.kit import NOTE, Cli
from tests.ingest.papers import text_pdf
from vault.actions import records

FIELDS = {"name", "value", "usual", "about"}


def test_a_setting_is_changed_and_listed(cli: Cli) -> None:
    """What `set` keeps, `list` shows, as JSON and in plain words."""
    row, other = cli.rows("settings", "setting", "list")
    assert set(row) == set(other) == FIELDS
    assert (other["name"], other["value"], other["usual"]) == ("language", "eng", "eng")
    assert (row["name"], row["value"], row["usual"]) == ("idle_minutes", 5, 5)
    changed = cli.json("setting", "set", "idle_minutes", "20")
    assert set(changed) == FIELDS
    assert changed["value"] == 20
    assert cli.run("setting", "list").out.split()[:2] == ["idle_minutes", "20"]


def test_a_bad_value_or_name_is_wrong_usage(cli: Cli) -> None:
    """Exit code 2, with a hint that says what is allowed."""
    for words, hint in ((("idle_minutes", "0"), "from 1 to 60"), (("x", "1"), "idle_minutes")):
        done = cli.run("setting", "set", *words)
        assert done.code == 2
        assert hint in done.err


def test_the_language_of_what_is_taken_in(cli: Cli) -> None:
    """An import without a language takes that of the settings; one that is missing is refused."""
    assert cli.run("setting", "set", "language", "xyz").code == 69
    assert cli.json("setting", "set", "language", " eng+eng ")["value"] == "eng+eng"
    (row,) = cli.rows("records", "import", cli.file("a.pdf", NOTE))
    said = cli.file("b.pdf", text_pdf(("Another",)))
    (other,) = cli.rows("records", "import", said, "--language", "eng")
    with cli.session() as session:
        held = [records.find(session, str(r["id"])).language for r in (row, other)]
    assert held == ["eng+eng", "eng"]
