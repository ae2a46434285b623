"""The emergency sheet by command: a page, and on request a new recovery code that really opens."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.kit import BORN, PATIENT, Cli
from vault.actions import emergency
from vault.errors import CannotWrite
from vault.store.recovery import parse


def words(path: Path) -> str:
    """The words on the sheet."""
    (page,) = PdfReader(io.BytesIO(path.read_bytes())).pages
    return " ".join(page.extract_text().split())


def use(cli: Cli, code: str) -> int:
    """The exit code of opening the vault with a recovery code."""
    given, new = cli.file("code", code), cli.file("new", "fig anchor violet tram\n")
    secrets = ("--recovery-code-file", given, "--new-passphrase-file", new)
    return cli.run("recovery", "use", *secrets).code


def test_a_sheet_without_a_code_leaves_the_vault_as_it_was(tmp_path: Path) -> None:
    """The old code still opens; the file is the owner's alone; no patient is named."""
    cli = Cli(tmp_path)
    code = cli.make()
    cli.json("person", "add", PATIENT, "--born", BORN)
    out = tmp_path / "sheet.pdf"
    document = cli.json("emergency", "-o", out, "--backup", "the blue stick")
    assert document == {"file": str(out), "pages": 1}
    assert out.stat().st_mode & 0o777 == 0o600
    said = words(out)
    assert "the blue stick" in said
    assert str(cli.folder) in said.replace(" ", "")
    assert PATIENT.split()[1] not in said
    assert use(cli, code) == 0


def test_the_place_of_the_last_backup_stands_on_it(cli: Cli, tmp_path: Path) -> None:
    """Nobody has to remember where it was; and the commands on the sheet are the program's."""
    place = tmp_path / "disk"
    cli.json("backup", place)
    cli.json("emergency", "-o", tmp_path / "sheet.pdf")
    said = words(tmp_path / "sheet.pdf")
    assert str(place) in said.replace(" ", "")
    assert "chartmend restore DIR --to NEW" in said
    for command in (("restore",), ("recovery", "use"), ("recovery", "new")):
        assert cli.run(*command, "--help").code == 0
    assert "--recovery" in cli.run("restore", "--help").out


def test_a_new_code_is_printed_and_opens_where_the_old_one_does_not(tmp_path: Path) -> None:
    """What stands in the boxes is the vault's code from now on."""
    cli = Cli(tmp_path)
    old = cli.make()
    out = tmp_path / "sheet.pdf"
    document = cli.json("emergency", "-o", out, "--new-code", "--name", "Maren Oldfield")
    code = str(document["recovery_code"])
    assert parse(code) != parse(old)
    said = words(out)
    assert all(group in said for group in code.split("-"))
    assert "Maren Oldfield" in said
    assert (use(cli, old), use(cli, code)) == (77, 0)


def test_no_worker_sees_the_code(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet is typeset without any worker process being started."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a worker was started")

    monkeypatch.setattr("vault.workers.process.subprocess.Popen", refuse)
    done = cli.json("emergency", "-o", tmp_path / "sheet.pdf", "--new-code")
    assert done["pages"] == 1


def test_a_place_that_cannot_be_written_changes_no_code(tmp_path: Path) -> None:
    """Inside the vault, or in no folder: refused before the code is touched."""
    cli = Cli(tmp_path)
    code = cli.make()
    for place in (cli.folder / "sheet.pdf", tmp_path / "none" / "sheet.pdf"):
        done = cli.run("emergency", "-o", place, "--new-code")
        assert (done.code, done.out) == (73, "")
        assert "Recovery code" not in done.err
    assert use(cli, code) == 0


def test_a_code_that_could_not_be_printed_is_said(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up after the code was changed must not cost the person the code."""

    def full(*_: object) -> Path:
        raise CannotWrite("sheet.pdf", "no space left")

    monkeypatch.setattr(emergency, "write_out", full)
    done = cli.run("emergency", "-o", tmp_path / "sheet.pdf", "--new-code")
    assert done.code == 73
    (line,) = [line for line in done.err.splitlines() if line.startswith("Recovery code:")]
    code = line.removeprefix("Recovery code:").strip()
    monkeypatch.undo()
    assert use(cli, code) == 0


def test_the_paper_is_that_of_the_providers(cli: Cli, tmp_path: Path) -> None:
    """Letter paper in America and where nothing is known, A4 elsewhere."""
    widths = []
    for place in ("", "uk", "us-tx"):
        if place:
            cli.json("provider", "add", f"Clinic {place}", "--jurisdiction", place)
        cli.json("emergency", "-o", tmp_path / "sheet.pdf")
        page = PdfReader(tmp_path / "sheet.pdf").pages[0]
        widths.append(round(float(page.mediabox.width)))
    assert widths == [612, 595, 612]


def test_plain_output_says_what_to_do_next(cli: Cli, tmp_path: Path) -> None:
    """Where it is, and that the boxes are to be filled by hand."""
    done = cli.run("emergency", "-o", tmp_path / "sheet.pdf")
    assert done.code == 0
    assert done.out.splitlines()[0] == str(tmp_path / "sheet.pdf")
    assert "by hand" in done.out
