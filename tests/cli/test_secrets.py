"""What is secret stays so: record text off the disk, passphrases changed, damage noticed."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.kit import Cli, scan_pdf
from tests.ingest.papers import text_pdf
from vault.actions import session as sessions
from vault.store.handle import OpenVault
from vault.store.kdf import CHEAPEST

CANARY = "Zanthoxylum"
NAME_CANARY = "quixotry"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """New passphrases cost next to nothing."""
    monkeypatch.setattr(OpenVault.change_passphrase, "__defaults__", (CHEAPEST,))
    monkeypatch.setattr(sessions.recover, "__kwdefaults__", {"profile": CHEAPEST})


def _found(folder: Path, word: str) -> list[Path]:
    """The files below a folder that hold a word, as UTF-8 or UTF-16."""
    forms = (word.encode(), word.encode("utf-16-le"))
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            if any(form in data for form in forms):
                found.append(path)
    return found


def test_no_text_of_a_record_reaches_a_disk(
    cli: Cli, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After a whole life of a record, no file below home, vault or TMPDIR holds a word of it."""
    outside = tmp_path_factory.mktemp("outside")
    typed = outside / f"{NAME_CANARY}.pdf"
    typed.write_bytes(text_pdf((f"Plan: {CANARY} 500 mg", "Patient: Maren Oldfield")))
    scanned = outside / "scan.pdf"
    scanned.write_bytes(scan_pdf((f"Plan: {CANARY} 500 mg",)))
    ran = [cli.process("import", typed, scanned)]
    (flag, record) = _flagged(cli)
    for argv in (
        ("import", str(scanned), "--engine", "pytesseract"),
        ("record", "reread", record, "--engine", "pytesseract"),
        ("search", CANARY),
        ("record", "text", record),
        ("record", "text", "rec_zz"),
        ("correction", "new", flag, "-o", str(outside / "letter.pdf")),
        ("record", "page", record, "1", "-o", str(outside / "page.png")),
        ("record", "export", record, "-o", str(cli.folder / "inside.pdf")),
    ):
        ran.append(cli.process(*argv))
    assert [done.code for done in ran] == [0, 0, 0, 0, 0, 66, 0, 0, 73], [d.err for d in ran]
    assert not any(CANARY in done.err for done in ran)
    assert (outside / "letter.pdf").exists()
    assert _found(cli.home, CANARY) == []
    assert _found(cli.home, NAME_CANARY) == []
    assert list((cli.home / "tmp").iterdir()) == []
    assert list((cli.folder / "tmp").iterdir()) == []
    for path in (cli.folder, *cli.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def _flagged(cli: Cli) -> tuple[str, str]:
    """Whose the records are is said, and the first gets a flag; the ids of both."""
    cli.json("person", "add", "Maren Oldfield", "--born", "1961-03-07")
    provider = cli.text("id", "provider", "add", "Elm Street Hospital")
    record, _ = [str(row["id"]) for row in cli.rows("records", "record", "list")]
    cli.json("record", "assign", record, "--provider", provider, "--person", "per_")
    flag = cli.text("id", "flag", "add", record, "--quote", CANARY, "--should", "nothing")
    return flag, record


@pytest.mark.usefixtures("cheap")
def test_a_new_passphrase(cli: Cli) -> None:
    """The old one opens the vault no more, the new one does; the contents are as they were."""
    cli.json("person", "add", "Maren Oldfield", "--born", "1961-03-07")
    new = cli.file("new", "a new set of words\n")
    assert cli.json("passphrase", "change", "--new-passphrase-file", new) == {"ok": True}
    assert cli.run("person", "list").code == 77
    assert "Maren" in cli.run("person", "list", "--passphrase-file", new).out
    empty = cli.run(
        "passphrase", "change", "--passphrase-file", new, "--new-passphrase-file", "/dev/null"
    )
    assert empty.code == 2
    assert cli.run("person", "list", "--passphrase-file", new).code == 0


@pytest.mark.usefixtures("cheap")
def test_the_recovery_code(tmp_path: Path) -> None:
    """It gives a new passphrase; a slip is wrong usage; a new code ends the old one."""
    cli = Cli(tmp_path)
    code = cli.make()
    new = cli.file("new", "a new set of words\n")
    given = ("recovery", "use", "--new-passphrase-file", new, "--recovery-code-file")
    slip = cli.run(*given, cli.file("slip", code[:-1]))
    assert slip.code == 2, slip.err
    assert code[:9] not in slip.err
    assert cli.json(*given, cli.file("code", code)) == {"ok": True}
    assert cli.run("person", "list").code == 77
    document = cli.json("recovery", "new", "--passphrase-file", new)
    assert document["recovery_code"] != code
    assert cli.run(*given, cli.home / "code").code == 77
    assert cli.json(*given, cli.file("newer", str(document["recovery_code"]))) == {"ok": True}


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def test_a_flipped_bit_is_found_and_named(cli: Cli) -> None:
    """An original, the keys and the database: each named by `verify`, and nothing is changed."""
    cli.rows("records", "import", cli.file("a.pdf", text_pdf(("One page",))))
    whole = cli.home / "whole"
    shutil.copytree(cli.folder, whole)
    (original,) = (cli.folder / "originals").glob("??/*")
    for path in (original, cli.folder / "keys", cli.folder / "records.db"):
        name = str(path.relative_to(cli.folder))
        _flip(path)
        done = cli.run("verify", "--full")
        assert done.code in (1, 76), done.err
        assert name in done.out + done.err
        assert "Traceback" not in done.err
        shutil.copy2(whole / name, path)
    document = cli.json("verify", "--full")
    assert document == {"ok": True, "problems": [], "notes": []}
    original.unlink()
    (problem,) = cli.rows("problems", "verify", code=1)
    assert set(problem) == {"file", "what"}
    assert problem["file"] == str(original.relative_to(cli.folder))
