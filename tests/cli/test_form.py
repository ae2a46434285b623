"""The commands for providers' forms: their JSON, their plain lines, and how they refuse."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from tests.cli.kit import BORN, PATIENT, Cli
from tests.ingest import forms_made as made

FORM = {"id", "provider", "title", "kind", "pages", "fields", "confirmed", "warnings"}
DETAIL = FORM | {"placed", "notes"}
FIELD = {"name", "kind", "label", "page", "fillable", "options", "most", "value", "choices"}


@pytest.fixture
def asked(cli: Cli) -> Cli:
    """A vault with a request, and a form beside it."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    cli.json("request", "new", "--provider", provider, "--what", "labs")
    cli.file("form.pdf", made.every_kind())
    return cli


def test_a_form_from_end_to_end(asked: Cli, tmp_path: Path) -> None:
    """Added, listed, shown, mapped and filled in, each with the fields scripts rely on."""
    added = asked.json("form", "add", asked.home / "form.pdf", "--title", "Release")
    assert set(added) == DETAIL
    form = str(added["id"])
    (row,) = asked.rows("forms", "form", "list")
    assert set(row) == FORM
    assert (row["fields"], row["kind"], row["confirmed"]) == (16, "own_access", False)
    mapped = asked.json("form", "map", form, "Phone==at work", "Delivery#2=yes")
    assert mapped == asked.json("form", "show", form)
    assert mapped["confirmed"] is True
    fields = asked.rows("fields", "form", "show", form)
    assert {frozenset(field) for field in fields} == {frozenset(FIELD)}
    held = {str(field["name"]): field for field in fields}
    assert held["Phone"]["value"] == "=at work"
    assert held["Delivery"]["choices"] == {
        "Delivery#1": "deliver_mail",
        "Delivery#2": "yes",
    }
    out, check = tmp_path / "filled.pdf", tmp_path / "check.png"
    done = asked.json("request", "form", "req_", "--form", form, "-o", out, "--check", check)
    assert done == {"id": done["id"], "file": str(out), "pages": 1, "check": str(check)}
    assert str(done["id"]).startswith("req_")
    assert PATIENT in pypdf.PdfReader(out).pages[0].extract_text()
    assert check.read_bytes().startswith(b"\x89PNG")
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_file_is_taken_in_on_the_way(asked: Cli, tmp_path: Path) -> None:
    """A form named by its file is kept; what was only suggested and left empty is said."""
    out = tmp_path / "filled.pdf"
    done = asked.run("request", "form", "req_", "--form", asked.home / "form.pdf", "-o", out)
    assert done.code == 0
    assert done.out == f"{out}\n"
    assert "only suggested" in done.err
    (row,) = asked.rows("forms", "form", "list")
    assert row["provider"] is not None


def test_plain_lines(asked: Cli) -> None:
    """Without --json: the traps in words, and a line a field."""
    shown = asked.run("form", "add", asked.home / "form.pdf").out
    assert 'look: it asks for a social security number; leave it empty (page 1): "Social' in shown
    assert "PatientName" in shown
    assert "Delivery#2" in shown
    assert "own access" in asked.run("form", "list").out


def test_text_on_a_page(asked: Cli) -> None:
    """Text is put on a flat form, by its place."""
    asked.file("flat.pdf", made.flat())
    form = asked.text("id", "form", "add", asked.home / "flat.pdf")
    held = asked.json("form", "place", form, "1", "0.25", "0.142", "patient_name")
    assert held["placed"] == [
        {"page": 1, "x": 0.25, "y": 0.142, "width": 0.4, "value": "patient_name"}
    ]


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("form", "show", "form_zz"), 66, "no form has the id"),
        (("form", "add", "nowhere.pdf"), 66, "cannot read"),
        (("form", "add", "BROKEN"), 65, "damaged"),
        (("form", "map", "form_", "Phone"), 2, "FIELD=VALUE"),
        (("form", "map", "form_", "Nothing=born"), 2, "no field 'Nothing'"),
        (("form", "place", "form_", "9", "0.1", "0.1", "=x"), 2, "pages"),
        (("request", "form", "req_", "--form", "form_", "-o", "OUT"), 1, "'Phone'"),
    ],
)
def test_refusals(asked: Cli, argv: tuple[str, ...], code: int, words: str) -> None:
    """Each ends with its exit code and one sentence, and no file is left."""
    form = asked.text("id", "form", "add", asked.home / "form.pdf")
    asked.json("form", "map", form, "Phone==" + "far too long a text for this field " * 5)
    broken = asked.file("broken.pdf", made.broken())
    out = asked.home / "out.pdf"
    given = {"BROKEN": str(broken), "OUT": str(out)}
    done = asked.run(*(given.get(a, a) for a in argv))
    assert done.code == code
    assert words in done.err
    assert not out.exists()
