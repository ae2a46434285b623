"""chartmend backup and restore: the story of a lost laptop, and what scripts rely on."""

from __future__ import annotations

import functools
import resource
import shutil
from pathlib import Path

import pytest

from tests.cli.kit import LINES, NOTE, PASSPHRASE, Cli, obey_permissions, scan_pdf
from tests.ingest.papers import text_pdf

MADE = {"id", "dir", "made_at", "originals", "copied", "bytes", "records", "generations"}
MADE |= {"removed", "missing", "aside", "root"}
RESTORED = {"vault", "generation", "records", "originals", "missing", "root"}


@pytest.fixture
def disk(cli: Cli) -> Path:
    """A folder on another disk."""
    place = cli.home / "disk"
    place.mkdir()
    return place / "copies"


def _stock(cli: Cli) -> None:
    cli.file("note.pdf", NOTE)
    assert cli.run("import", cli.home / "note.pdf").code == 0


@pytest.mark.ocr
def test_a_lost_laptop(tmp_path: Path) -> None:
    """The vault and all that was noted beside it are gone; the backup and the code are left.

    Every original comes back byte for byte, the text that was read too, and a new passphrase
    opens it.
    """
    cli = Cli(tmp_path / "laptop")
    cli.home.mkdir()
    code = cli.make()
    files = {
        "a-note.pdf": NOTE,
        "b-scan.pdf": scan_pdf(LINES[:1] + LINES[4:]),
        "c-other.pdf": text_pdf(("Quay Lab", "Hemoglobin 13.1 g/dL")),
    }
    for name, data in files.items():
        cli.file(f"in/{name}", data)
    cli.rows("records", "import", cli.home / "in")
    disk = tmp_path / "disk"
    backed = cli.json("backup", disk)
    assert (backed["records"], backed["originals"], backed["missing"]) == (3, 3, [])
    shutil.rmtree(cli.home)

    new = Cli(tmp_path / "new laptop")
    new.home.mkdir()
    new.file("code", f"{code.lower()}\n")
    told = new.run("restore", disk, "--to", new.folder, "--recovery-code-file", new.home / "code")
    assert told.code == 0, told.err
    assert "3 records and 3 originals came back" in told.out
    assert told.out.endswith(f"chartmend recovery use --vault {new.folder}\n")
    new.file("passphrase", "a quite new one\n")
    used = new.run(
        "recovery", "use", "--recovery-code-file", new.home / "code",
        "--new-passphrase-file", new.home / "passphrase",
    )  # fmt: skip
    assert used.code == 0, used.err
    rows = new.rows("records", "record", "list")
    for row in rows:
        out = new.home / "out.pdf"
        assert new.run("record", "export", str(row["id"]), "-o", out).code == 0
        assert out.read_bytes() == files[str(row["title"])]
    assert "Amoxicillin" in new.run("search", "amoxicillin").out
    assert new.json("verify", "--full") == {"ok": True, "problems": [], "notes": []}


def test_what_is_printed(cli: Cli, disk: Path) -> None:
    """The fields of every document, and the same root wherever the same rows are."""
    _stock(cli)
    made = cli.json("backup", disk, "--keep", "all")
    assert set(made) == MADE
    assert (made["copied"], made["generations"], made["dir"]) == (1, 1, str(disk))
    again = cli.json("--json", "backup", "make", disk)
    assert (again["copied"], again["generations"], again["root"]) == (0, 2, made["root"])
    for options in ((), ("--full",), ("--last",)):
        looked = cli.json("backup", "check", disk, *options)
        assert set(looked) == {"ok", "generations", "problems"}
        assert (looked["ok"], looked["problems"]) == (True, [])
        rows = looked["generations"]
        assert isinstance(rows, list)
        assert {frozenset(row) for row in rows} == {
            frozenset({"id", "made_at", "records", "originals", "ok"})
        }
    first = ("--generation", str(made["id"]))
    done = cli.json("restore", disk, "--to", cli.home / "again", *first)
    assert set(done) == RESTORED
    assert (done["generation"], done["records"]) == (made["id"], 1)


def test_in_plain_words(cli: Cli, disk: Path) -> None:
    """A person is told what was done and what comes next."""
    _stock(cli)
    told = cli.run("backup", disk)
    assert told.out.startswith(f"Backed up to {disk}\n1 record, 1 original (1 new, ")
    assert cli.run("backup", "check", disk).out.endswith("The backup is whole.\n")
    told = cli.run("restore", disk, "--to", cli.home / "again")
    assert f"Your vault is in {cli.home / 'again'}" in told.out
    assert "recovery use" not in told.out


def test_problems_end_with_1(cli: Cli, disk: Path) -> None:
    """A changed file is named by its place in the backup, without any passphrase."""
    _stock(cli)
    cli.json("backup", disk)
    (copy,) = disk.glob("originals/??/*")
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    (cli.home / "passphrase").unlink()
    looked = cli.json("backup", "check", disk, code=1)
    assert looked["ok"] is False
    name = copy.relative_to(disk).as_posix()
    assert looked["problems"] == [{"file": name, "what": "it was changed"}]
    assert f"{name}: it was changed\n1 problem\n" in cli.run("backup", "check", disk).out


def test_while_another_process_writes(cli: Cli, disk: Path) -> None:
    """The app may be open meanwhile."""
    with cli.session(write=True):
        done = cli.process("backup", disk)
    assert done.code == 0, done.err
    assert cli.json("backup", "check", disk)["ok"] is True


def test_a_disk_that_can_only_be_read(cli: Cli, disk: Path) -> None:
    """A backup is looked over and restored from it all the same; a new one is refused with 73."""
    _stock(cli)
    cli.json("backup", disk)
    for path in (disk, *disk.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    full, new = ("backup", "check", disk, "--full"), ("restore", disk, "--to", cli.home / "new")
    for code, argv in ((0, full), (0, new), (73, ("backup", disk))):
        done = cli.process(*argv, first=obey_permissions)
        assert done.code == code, (argv, done.err)
    assert cli.json("--vault", cli.home / "new", "verify")["ok"] is True
    for path in (disk, *disk.rglob("*")):
        path.chmod(0o700)


def test_over_the_lost_vaults_place(cli: Cli, disk: Path) -> None:
    """Without --to it goes where the vault is looked for; the note of a later state is no bar."""
    _stock(cli)
    cli.json("backup", disk)
    assert cli.run("person", "add", "Maren Oldfield", "--born", "1961-03-07").code == 0
    assert cli.run("restore", disk).code == 73
    shutil.rmtree(cli.folder)
    assert cli.run("restore", disk).code == 0
    listed = cli.run("record", "list")
    assert (listed.code, listed.err) == (0, "")


def test_wrong_usage_and_missing_things(cli: Cli, disk: Path) -> None:
    """Each has its exit code, a sentence and a hint, and leaves no backup behind."""
    nowhere = cli.home / "nowhere"
    for code, argv in (
        (2, ("backup",)),
        (2, ("backup", disk, "--keep", "some")),
        (2, ("backup", disk, "--restic", "--verbose")),
        (2, ("restore",)),
        (2, ("restore", disk, "--rclone", "far:")),
        (66, ("backup", "check", nowhere)),
        (66, ("restore", nowhere, "--to", cli.home / "new")),
        (73, ("backup", cli.folder / "copies")),
        (73, ("backup", cli.home)),
        (73, ("backup", nowhere / "copies")),
    ):
        done = cli.run(*argv)
        assert done.code == code, (argv, done.err)
        assert done.err.startswith("chartmend: ")
        assert "hint:" in done.err
    assert not disk.exists()
    assert not nowhere.exists()


def test_without_the_program(cli: Cli, disk: Path) -> None:
    """A program that is not there is said before anything is done, with 69."""
    for option in ("--restic", "--rclone"):
        done = cli.process("backup", disk, option, "far:away", extra={"PATH": str(cli.home)})
        assert done.code == 69, done.err
        assert "install" in done.err
    assert not disk.exists()


def test_a_wrong_secret_and_a_damaged_backup(cli: Cli, disk: Path) -> None:
    """77 with what opens it, 76 with what to do; nothing is left where the vault was to be."""
    _stock(cli)
    cli.json("backup", disk)
    new = cli.home / "new"
    wrong = cli.file("wrong", "not this one\n")
    for argv in (("restore", disk, "--to", new), ("backup", "check", disk, "--full")):
        done = cli.run(*argv, "--passphrase-file", wrong)
        assert done.code == 77
        assert "--recovery" in done.err
    done = cli.run("restore", disk, "--to", new, "--recovery-code-file", wrong)
    assert done.code == 2
    (copy,) = disk.glob("originals/??/*")
    copy.unlink()
    done = cli.run("restore", disk, "--to", new)
    assert done.code == 76
    assert copy.name in done.err
    assert "backup check" in done.err
    assert not new.exists()
    assert PASSPHRASE not in done.err


@pytest.mark.parametrize("room", [100_000, 4_000_000])
def test_no_room(cli: Cli, disk: Path, room: int) -> None:
    """No room for the database, or for an original: 73, and the backups are as they were."""
    _stock(cli)
    cli.json("backup", disk)
    big = cli.file("big.pdf", NOTE + b"%" * (5 * 1024**2))
    assert cli.run("import", big).code == 0
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))
    done = cli.process("backup", disk, first=limit)
    assert done.code == 73, done.err
    assert done.err.startswith("chartmend: cannot write")
    rows = cli.rows("generations", "backup", "check", disk)
    assert len(rows) == 1
    assert cli.json("backup", disk)["copied"] == 1


@pytest.mark.skipif(not shutil.which("rclone"), reason="needs rclone")
def test_by_way_of_rclone(cli: Cli, disk: Path) -> None:
    """There and back in two commands; its own words stay off standard output."""
    _stock(cli)
    cli.file("rclone.conf", "[shelf]\ntype = local\n")
    far, extra = f"shelf:{cli.home}/far", {"RCLONE_CONFIG": str(cli.home / "rclone.conf")}
    done = cli.process("backup", disk, "--rclone", far, "--json", extra=extra)
    assert done.code == 0, done.err
    assert done.out.startswith("{")
    shutil.rmtree(disk)
    done = cli.process("restore", "--rclone", far, "--to", cli.home / "new", extra=extra)
    assert done.code == 0, done.err
    assert "1 record and 1 original came back" in done.out
