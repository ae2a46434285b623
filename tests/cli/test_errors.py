"""What goes wrong is one sentence with a hint and its own exit code; never a traceback."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Stocked
from tests.cli.kit import NOTE, PASSPHRASE, Cli, obey_permissions
from vault.actions import people


def check(code: int, expected: int, err: str) -> None:
    """The code is the expected one, and the error is a sentence of chartmend's."""
    assert code == expected, err
    assert err.startswith("chartmend: "), err
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 2


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("record show rec_zzzzzzzzzzzz", 66),
        ("record show nonsense!", 66),
        ("record text NOTE --page 9", 66),
        ("record page NOTE 9 -o x.png", 66),
        ("flag dismiss flag_zzzzzzzzzzzz --why x", 66),
        ("flag add NOTE --page 9 --should x", 66),
        ("correction new flag_zzzzzzzzzzzz", 66),
        ("request show req_zzzzzzzzzzzz", 66),
        ("provider show prov_zzzzzzzzzzzz", 66),
        ("provider edit prov_zzzzzzzzzzzz --phone 1", 66),
        ("person edit per_zzzzzzzzzzzz --phone 1", 66),
        ("import no-such-file.pdf", 66),
        ("import NOTE.pdf --request req_zzzzzzzzzzzz", 66),
        ("person add X --born 1961-13-07", 2),
        ("person add X --born yesterday", 2),
        ("person add X --born 2961-01-01", 2),
        ("person add X --born 1961-01-01 --mrn 17", 2),
        ("person add X", 2),
        ("request log REQUEST sent", 2),
        ("request log REQUEST odd", 2),
        ("due --as-of 2026-02-30", 2),
        ("due --as-of", 2),
        ("request sent REQUEST --on 30.2.2026 --by mail", 2),
        ("request sent REQUEST --on 2026-02-02 --by pigeon", 2),
        ("request new --provider PROVIDER --what spells", 2),
        ("request new --provider PROVIDER --from 2026-01-01 --to 2025-01-01", 2),
        ("provider add X --jurisdiction atlantis", 2),
        ("provider add X --kind circus", 2),
        ("flag add NOTE --should x --kind odd", 2),
        ("flag add NOTE --should x --severity odd", 2),
        ("flag add NOTE --should x --page 0", 2),
        ("flag add NOTE", 2),
        ("verify --part 3/2", 2),
        ("verify --part x", 2),
        ("nonsense", 2),
        ("record nonsense", 2),
        ("record", 2),
        ("record list --nonsense", 2),
        ("import", 2),
        ("import NOTE.pdf --received soon", 2),
        ("import NOTE.pdf --engine abacus", 2),
        ("import NOTE.pdf --language tlh", 69),
        ("record reread NOTE --language tlh", 69),
        ("request sent REQUEST --on 2026-03-05 --by mail", 1),
        ("correction new FLAG", 1),
    ],
)
def test_the_table(stocked: Stocked, command: str, code: int) -> None:
    """Unknown things are 66, wrong words and dates 2, missing languages 69."""
    names = {"NOTE": stocked.note, "REQUEST": stocked.request, "FLAG": stocked.flag}
    names |= {"PROVIDER": stocked.provider, "NOTE.pdf": str(stocked.cli.home / "in/a-note.pdf")}
    done = stocked.cli.run(*(names.get(word, word) for word in command.split()))
    check(done.code, code, done.err)
    assert done.out == ""


def test_a_hint_names_the_command(cli: Cli) -> None:
    """Wrong usage points at the help of the command itself."""
    for command in ("search", "flag add", "record nonsense"):
        done = cli.run(*command.split())
        assert f"see chartmend {command.removesuffix(' nonsense')} --help" in done.err


def test_an_ambiguous_id(stocked: Stocked) -> None:
    """A beginning that two records share is wrong usage, and says how many there are."""
    done = stocked.cli.run("record", "show", "rec_")
    check(done.code, 2, done.err)
    assert "2 records" in done.err


def test_no_command_and_no_terminal(cli: Cli) -> None:
    """The app is not opened into a pipe."""
    done = cli.run()
    check(done.code, 2, done.err)


def test_no_vault(tmp_path: Path) -> None:
    """A place without a vault is told before any secret is asked for."""
    cli = Cli(tmp_path)
    for command in ("record list", "recovery use", "verify"):
        done = cli.run(*command.split())
        check(done.code, 66, done.err)
        assert "chartmend init" in done.err


def test_wrong_and_missing_passphrase(cli: Cli) -> None:
    """A wrong passphrase and none at all are 77; an empty file of one is wrong usage."""
    wrong = cli.file("wrong", "not the passphrase\n")
    done = cli.run("record", "list", "--passphrase-file", wrong)
    check(done.code, 77, done.err)
    assert "not the passphrase" not in done.err
    done = cli.run("record", "list", without="CHARTMEND_PASSPHRASE_FILE")
    check(done.code, 77, done.err)
    done = cli.run("record", "list", "--passphrase-file", cli.home / "nowhere")
    check(done.code, 66, done.err)
    done = cli.run("record", "list", "--passphrase-file", cli.file("empty", ""))
    check(done.code, 2, done.err)
    done = cli.run("record", "list", "--passphrase-file", cli.file("odd", b"\xff\xfe"))
    check(done.code, 2, done.err)


def test_a_passphrase_by_command(cli: Cli) -> None:
    """A command may give it, run without a shell; one that fails is wrong usage."""
    say = f"{shlex.quote(sys.executable)} -c 'print(\"{PASSPHRASE}\")'"
    for command, code in ((say, 0), ("false", 2), ("no-such-program-here", 2), ("'", 2)):
        done = cli.process(
            "record",
            "list",
            extra={"CHARTMEND_PASSPHRASE_FILE": "", "CHARTMEND_PASSPHRASE_COMMAND": command},
        )
        assert done.code == code, done.err


def test_while_another_process_writes(cli: Cli) -> None:
    """Writing is refused at once and names the process; reading goes on as if nothing were."""
    with cli.session(write=True) as session:
        people.add(session, "Maren Oldfield", dt.date(1961, 3, 7))
        done = cli.process("person", "add", "X", "--born", "1961-01-01")
        check(done.code, 75, done.err)
        assert f"process {os.getpid()} " in done.err
        for command in ("person list", "record list", "search x", "due", "verify"):
            assert cli.run(*command.split()).code == 0
        assert "Maren Oldfield" in cli.run("person", "list").out
    assert cli.run("person", "add", "X", "--born", "1961-01-01").code == 0


def test_a_vault_nobody_may_enter(cli: Cli) -> None:
    """A vault folder without rights is a sentence; so is a place where none can be made."""
    closed = cli.home / "closed"
    closed.mkdir(mode=0o500)
    new = cli.process("init", "--vault", closed / "vault", first=obey_permissions)
    check(new.code, 73, new.err)
    cli.folder.chmod(0)
    try:
        done = cli.process("record", "list", first=obey_permissions)
    finally:
        cli.folder.chmod(0o700)
    check(done.code, 66, done.err)
    cli.folder.chmod(0o500)
    (cli.folder / "lock").chmod(0o400)
    try:
        done = cli.process("person", "add", "X", "--born", "1961-01-01", first=obey_permissions)
    finally:
        cli.folder.chmod(0o700)
        (cli.folder / "lock").chmod(0o600)
    check(done.code, 73, done.err)


def test_where_exports_may_not_go(stocked: Stocked, tmp_path: Path) -> None:
    """Not into the vault, not over a folder, not through a link, not where nothing can be made."""
    plain = tmp_path / "plain"
    plain.write_text("older")
    link = tmp_path / "link"
    link.symlink_to(plain)
    inside = stocked.cli.folder / "out.pdf"
    for target in (inside, tmp_path, link, tmp_path / "none/out.pdf"):
        done = stocked.cli.run("record", "export", stocked.note, "-o", target)
        check(done.code, 73, done.err)
    assert plain.read_text() == "older"
    assert not inside.exists()
    assert stocked.cli.run("record", "export", stocked.note, "-o", plain).code == 0
    assert plain.read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "plain"]


def test_a_letter_that_may_not_go_there(cli: Cli) -> None:
    """Then no correction is made either, so that the same command works with a better place."""
    cli.json("person", "add", "Maren Oldfield", "--born", "1961-03-07")
    provider = cli.text("id", "provider", "add", "Elm Street Hospital")
    (row,) = cli.rows("records", "import", cli.file("note.pdf", NOTE), "--provider", provider)
    flag = cli.text("id", "flag", "add", str(row["id"]), "--quote", "500 mg", "--should", "250 mg")
    done = cli.run("correction", "new", flag, "-o", cli.folder / "letter.pdf")
    check(done.code, 73, done.err)
    assert cli.rows("corrections", "correction", "list") == []
    made = cli.json("correction", "new", flag, "-o", cli.home / "letter.pdf")
    assert made["file"] == str(cli.home / "letter.pdf")
    assert made["items"] == [{"flag": flag, "state": "open"}]
    assert (cli.home / "letter.pdf").stat().st_mode & 0o777 == 0o600


def test_an_engine_that_is_not_installed(cli: Cli) -> None:
    """Asked for by name it is a missing tool; nothing is sealed before that is known."""
    path = cli.file("note.pdf", NOTE)
    done = cli.process("import", path, "--engine", "tesseract", extra={"PATH": "/nowhere"})
    check(done.code, 69, done.err)
    assert cli.rows("records", "record", "list") == []


def test_a_bug_shows_no_data(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen error is 70: its place is named, its message and the traceback are not."""

    def broken(*_: object) -> None:
        secret = "a line of a record"
        raise RuntimeError(secret)

    monkeypatch.setattr(people, "every", broken)
    done = cli.run("person", "list", "--json")
    assert done.code == 70
    assert done.out == ""
    assert "record" not in done.err
    assert "Traceback" not in done.err
    assert "RuntimeError at test_errors.py" in done.err


def test_output_that_cannot_be_written(stocked: Stocked) -> None:
    """A reader that has gone is no error; a full disk behind stdout is 73."""
    with stocked.cli.start("record", "list") as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        err = running.stderr.read()
    assert running.returncode == 0, err
    assert err == ""
    full = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1)"
    with stocked.cli.start("record", "list", setup=full) as running:
        _, err = running.communicate()
    check(running.returncode, 73, err)


def test_a_terminal_that_knows_no_accents(stocked: Stocked) -> None:
    """Where the output cannot show a letter, it is written another way and nothing fails."""
    for argv in (("search", "oldfield"), ("search", "oldfield", "--json")):
        done = stocked.cli.process(*argv, extra={"PYTHONIOENCODING": "ascii"})
        assert done.code == 0, done.err
    named = stocked.cli.process(
        "record", "show", "rec_Ünknown", extra={"PYTHONIOENCODING": "ascii"}
    )
    check(named.code, 66, named.err)
