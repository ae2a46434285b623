"""Nothing that a file brings along acts on the terminal, whichever command shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.kit import BORN, Cli

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys, and marks that turn the order of letters; a form feed parts pages."""
HOSTILE = "\x1b]2;owned\x07\x9b31mgone \u202edesrever [@click=app.quit]press[/]"

# In the PDF's own text, these signs stand for codes that no honest font has.
_CODES = {"~": 0x1B, "^": 0x9B, "{": 0x202E, "|": 0x07}
_SHOWN = "Patient: Maren Oldfield Date of birth: 1916-03-07 [@click=app.quit]"
_LINE = f"{_SHOWN} ~]2;owned| ^31m {{desrever"


def _object(number: int, body: bytes, stream: bytes | None = None) -> bytes:
    tail = b"" if stream is None else b"\nstream\n" + stream + b"\nendstream"
    return b"%d 0 obj\n" % number + body + tail + b"\nendobj\n"


def hostile_pdf() -> bytes:
    """A PDF whose text layer says escape codes, a bell, and a mark that turns letters around."""
    mapped = "".join(f"<{ord(c):02x}> <{code:04x}>\n" for c, code in _CODES.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(_CODES)} beginbfchar\n{mapped}endbfchar\n"
        "endcmap end end"
    ).encode()
    shown = f"BT /F 9 Tf 30 700 Td ({_LINE}) Tj ET".encode()
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    page += b"/Resources<</Font<</F 5 0 R>>>>>>"
    parts = [
        _object(1, b"<</Type/Catalog/Pages 2 0 R>>"),
        _object(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        _object(3, page),
        _object(4, b"<</Length %d>>" % len(shown), shown),
        _object(5, font),
        _object(6, b"<</Length %d>>" % len(cmap), cmap),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for part in parts:
        offsets.append(len(out))
        out += part
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 7\n0000000000 65535 f \n"
    tail = b"trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + head + table + tail


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Cli, dict[str, str]]:
    """A vault with hostile text in every field that a file or a person can fill."""
    cli = Cli(tmp_path_factory.mktemp("attacked"))
    cli.make()
    folder = cli.home / "in"
    cli.file(f"in/{HOSTILE.replace('/', '|')}.pdf", hostile_pdf())
    cli.file(f"in/b{HOSTILE.replace('/', '|')}.pdf", b"%PDF-1.4 nothing in it")
    cli.file(f"in/c{HOSTILE.replace('/', '|')}.txt", b"foreign")
    person = cli.text("id", "person", "add", f"Maren {HOSTILE} Oldfield", "--born", BORN)
    provider = cli.text("id", "provider", "add", f"Elm {HOSTILE}", "--department", HOSTILE)
    request = cli.text("id", "request", "new", "--provider", provider, "--format", HOSTILE)
    cli.json("request", "log", request, "note", "--note", HOSTILE)
    rows = cli.rows("records", "import", folder, "--provider", provider, code=65)
    record = next(str(row["id"]) for row in rows if row["status"] == "stored")
    flag = cli.text(
        "id", "flag", "add", record, "--quote", HOSTILE, "--should", HOSTILE, "--why", HOSTILE
    )
    correction = cli.text("id", "correction", "new", flag, "--tell", HOSTILE)
    ids = {"person": person, "provider": provider, "request": request, "record": record}
    return cli, ids | {"flag": flag, "correction": correction}


COMMANDS = (
    "record list",
    "record show {record}",
    "record text {record}",
    "search press*",
    "search maren",
    "person list",
    "provider list",
    "provider show {provider}",
    "request list",
    "request show {request}",
    "flag list",
    "correction list",
    "correction show {correction}",
    "due",
)


@pytest.mark.parametrize("json", [False, True], ids=["plain", "json"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_hands_a_code_to_the_terminal(
    attacked: tuple[Cli, dict[str, str]], command: str, json: bool
) -> None:
    """Words, titles, names, quotes, reasons and notes are shown without what makes them act."""
    cli, ids = attacked
    done = cli.run(*command.format(**ids).split(), *(["--json"] if json else []))
    assert done.code == 0, done.err
    assert not ACTS.search((done.out + done.err).replace("\f", ""))


def test_the_codes_were_really_there(attacked: tuple[Cli, dict[str, str]]) -> None:
    """The words around the codes are shown, markup as it stands: nothing was just left out."""
    cli, ids = attacked
    text = cli.run("record", "text", ids["record"]).out
    assert "Maren Oldfield" in text
    assert "[@click=app.quit]" in text
    assert "]2;owned" in text
    assert "31mgone" in cli.run("record", "list").out


def test_importing_says_names_without_their_codes(cli: Cli) -> None:
    """The rows of an import, the refused and unreadable ones too."""
    for name, data in (("a", hostile_pdf()), ("b", b"%PDF-1.4 nothing"), ("c", b"foreign")):
        cli.file(f"in/{name}{HOSTILE.replace('/', '|')}.pdf", data)
    done = cli.run("import", cli.home / "in")
    assert done.code == 65
    assert "31mgone" in done.out
    assert not ACTS.search(done.out + done.err)


def test_an_error_says_a_name_without_its_codes(cli: Cli, tmp_path: Path) -> None:
    """A file that is not there, an id that is none, a date that is none, a setting that is none."""
    for words in (
        ("import", tmp_path / HOSTILE.replace("/", "|")),
        ("record", "show", f"rec_{HOSTILE}"),
        ("person", "add", "Ada", "--born", HOSTILE),
        ("setting", "set", HOSTILE, "1"),
        ("setting", "set", "idle_minutes", HOSTILE),
        ("emergency", "-o", tmp_path / HOSTILE / "x.pdf"),
    ):
        done = cli.run(*words)
        assert done.code
        assert not ACTS.search(done.out + done.err), words[0]
