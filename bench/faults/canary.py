"""Sends canaries through every workflow, then looks for them in every file there is.

Thirty words that stand nowhere else go in as names, file names, text of a PDF, of a scan and of a
locked PDF, passwords, flags, corrections of readings, letters, notes, drafts and queries, by the
real commands in processes of their own. Imports are killed with SIGKILL in between. Then the
vault, the state, home, temporary and memory-backed folders are searched, in several encodings.
A canary that never came back out of the vault would prove nothing, so each must.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdf
import typst
from PIL import Image

from bench.faults import marks, small
from bench.faults.small import PASSPHRASE, Outcome
from vault.actions import drafts
from vault.actions import session as sessions
from vault.store.kdf import CHEAPEST

COUNT = 30
ROOT = Path(__file__).resolve().parents[2]
SYSTEM = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
SILENT = 4
"""The last so many canaries are secrets, which never come back."""
_HEAD = '#set page(paper: "us-letter", margin: 1in)\n#set text(size: 12pt)\n'


def pdf(lines: Sequence[str], copies: int = 1) -> bytes:
    """A PDF with a text layer, a line a paragraph, on so many pages."""
    body = "\n#pagebreak()\n".join("\n\n".join(lines) for _ in range(copies))
    return typst.compile((_HEAD + body).encode(), format="pdf")


def scan(lines: Sequence[str], copies: int = 1) -> bytes:
    """The same as pictures of pages."""
    made = typst.compile((_HEAD + "\n\n".join(lines)).encode(), format="png", ppi=150)
    page = Image.open(io.BytesIO(made)).convert("L")
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150, save_all=True, append_images=[page] * (copies - 1))
    return out.getvalue()


def locked(data: bytes, password: str) -> bytes:
    """The PDF, encrypted so that it opens with the password alone."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@dataclass(slots=True)
class Home:
    """A person's folders and commands, and everything that was asked for and came out."""

    place: Path
    came_out: list[bytes] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def file(self, name: str, data: bytes | str) -> Path:
        """A file of the person's own, outside of all that is searched."""
        path = self.place / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    @property
    def out(self) -> Path:
        """Where exports go."""
        return self.place / "out"

    @property
    def searched(self) -> tuple[Path, ...]:
        """Folders in which nothing may be found."""
        return tuple(self.place / name for name in ("vault", "state", "home", "tmp"))

    def environment(self) -> dict[str, str]:
        """A whole environment of these folders and no others."""
        kept = {n: os.environ[n] for n in ("PATH", "TESSDATA_PREFIX") if n in os.environ}
        folders = {
            "HOME": "home", "TMPDIR": "tmp", "XDG_STATE_HOME": "state", "XDG_DATA_HOME": "home",
            "XDG_CACHE_HOME": "home", "CHARTMEND_VAULT": "vault",
            "CHARTMEND_PASSPHRASE_FILE": "papers/passphrase",
        }  # fmt: skip
        places = {name: str(self.place / folder) for name, folder in folders.items()}
        return kept | places | {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}

    def start(self, *argv: str | Path) -> subprocess.Popen[bytes]:
        """Start a command."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "vault.cli.main", *map(str, argv)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment(),
            cwd=self.place / "home",
        )

    def run(self, *argv: str | Path, code: int = 0) -> dict[str, object]:
        """Run a command to its end with --json; what it prints has been asked for."""
        with self.start(*argv, "--json") as running:
            out, err = running.communicate()
        self.came_out.append(out.decode().encode("utf-8"))
        if running.returncode != code:
            self.wrong.append(f"{argv[0]} ended with {running.returncode}: {err!r}")
        document = json.loads(out) if out else {}
        if not isinstance(document, dict):
            raise TypeError("no JSON object")
        return document

    def kill(self, seconds: float, *argv: str | Path) -> bool:
        """Start a command and kill it with SIGKILL after a while; whether it was still running."""
        with self.start(*argv) as running:
            try:
                running.wait(seconds)
            except subprocess.TimeoutExpired:
                running.kill()
        return running.returncode < 0


def home(place: Path) -> Home:
    """A new vault at the cheapest key derivation in folders of its own."""
    made = Home(place)
    for folder in (*made.searched[1:], made.out):
        folder.mkdir()
    made.file("passphrase", PASSPHRASE + "\n")
    session, _ = sessions.make_vault(
        place / "vault", PASSPHRASE, profile=CHEAPEST, state=place / "state" / "chartmend"
    )
    session.close()
    return made


def _id(rows: object) -> str:
    """The id of the first row of a list."""
    if isinstance(rows, list) and rows:
        return str(rows[0]["id"])
    return "none"


def take_in(h: Home, words: Sequence[str]) -> tuple[str, str]:
    """People, a provider and records; returns the ids of the provider and the text record."""
    h.run("person", "add", f"Marian {words[0]}", "--born", "1961-03-14", "--former", words[1],
          "--address", words[2], "--email", f"{words[3]}@example.com")  # fmt: skip
    provider = str(h.run("provider", "add", f"{words[4]} Clinic", "--jurisdiction", "us-tx",
                         "--department", words[5])["id"])  # fmt: skip
    note = (f"Patient: Marian {words[0]}", "Date of birth: 03/14/1916", f"Plan: {words[6]} daily.")
    path = h.file(f"{words[7]}.pdf", pdf(note))
    record = _id(h.run("import", path, "--provider", provider)["records"])
    h.run("import", h.file(f"{words[8]}.pdf", scan([f"Patient takes {words[9]} daily."] * 6)))
    secret = h.file("password", words[10] + "\n")
    data = locked(pdf([f"Locked: {words[11]}"]), words[10])
    h.run("import", h.file("locked.pdf", data), "--password-file", secret)
    h.run("import", h.file(f"{words[12]}.doc", words[12]), code=65)
    return provider, record


def work_on(h: Home, provider: str, record: str, words: Sequence[str]) -> None:
    """Search, correct, flag, write, ask, log, and take out."""
    for query in (words[6], words[9], words[11], words[13]):
        h.run("search", query)
    h.run("record", "correct", record, "--page", "1", "--quote", words[6], "--text", words[14])
    flag = h.run("flag", "add", record, "--page", "1", "--quote", words[14],
                 "--should", words[15], "--why", words[16])["id"]  # fmt: skip
    other = h.run("flag", "add", record, "--page", "1", "--quote", "daily", "--should", words[17])
    h.run("flag", "dismiss", str(other["id"]), "--why", words[18])
    correction = str(h.run("correction", "new", str(flag), "--tell", words[19],
                           "-o", h.out / "letter.pdf")["id"])  # fmt: skip
    h.run("correction", "letter", correction, "-o", h.out / "again.pdf")
    h.run("correction", "log", correction, "note", "--note", words[20])
    asked = str(h.run("request", "new", "--provider", provider, "--what", "all",
                      "--format", words[21], "--deliver", words[22])["id"])  # fmt: skip
    h.run("request", "log", asked, "note", "--note", words[23])
    h.run("record", "reread", record, "--engine", "pytesseract")
    h.run("record", "export", record, "-o", h.out / "export.pdf")
    h.run("record", "page", record, "1", "-o", h.out / "page.png")
    for noun in ("record", "flag", "correction", "request", "person", "provider"):
        h.run(noun, "list")
    for shown in (("record", "text", record), ("record", "show", record)):
        h.run(*shown)
    for noun, id_ in (("correction", correction), ("request", asked)):
        h.run(noun, "show", id_)
    h.run("verify", "--full")


def drafted(h: Home, words: Sequence[str]) -> None:
    """Keep what was typed into forms, as locking does."""
    state = h.place / "state" / "chartmend"
    secret = sessions.Secret(passphrase=PASSPHRASE)
    with sessions.unlock(h.place / "vault", secret, write=True, state=state) as session:
        drafts.keep(session, "flag", words[24])
        drafts.keep(session, "provider", words[25])
        for form in ("flag", "provider"):
            h.came_out.append((drafts.get(session, form) or "").encode())


def secrets(h: Home, words: Sequence[str]) -> None:
    """Wrong and new passphrases, wrong codes, a name that is not there."""
    wrong = h.file("wrong", words[26] + "\n")
    h.run("record", "list", "--passphrase-file", wrong, code=77)
    new, old = h.file("new", words[27] + "\n"), h.place / "papers" / "passphrase"
    h.run("passphrase", "change", "--new-passphrase-file", new)
    h.run("passphrase", "change", "--passphrase-file", new, "--new-passphrase-file", old)
    h.run("recovery", "use", "--recovery-code-file", h.file("code", words[28] + "\n"),
          "--new-passphrase-file", new, code=2)  # fmt: skip
    h.run("import", h.place / "papers" / f"{words[29]}.pdf", code=66)


def killed(h: Home, kills: int, words: Sequence[str], rng: random.Random) -> int:
    """Kill imports in the middle, one in two with the engine that writes temporary files."""
    path, hit = h.file("long.pdf", scan([f"Patient takes {words[9]} and {words[6]}."] * 8, 12)), 0
    for number in range(kills):
        engine = ("--engine", "pytesseract") if number % 2 else ()
        h.file("long.pdf", path.read_bytes() + b"\n")  # another file every time
        hit += h.kill(rng.uniform(0.8, 4.0), "import", path, *engine)
    return hit


def run(sample: int, seed: int) -> Outcome:
    """Everything once, with `sample` imports killed in the middle."""
    out, rng = Outcome(), random.Random(seed)
    words, begun = marks.canaries(COUNT, rng), time.time()
    found: list[marks.Hit] = []
    encoded = marks.encoded(words)
    with tempfile.TemporaryDirectory() as name:
        h = home(Path(name))
        provider, record = take_in(h, words)
        found += marks.in_files(h.searched, encoded)
        work_on(h, provider, record, words)
        drafted(h, words)
        secrets(h, words)
        found += marks.in_files(h.searched, encoded)
        hit = killed(h, sample, words, rng)
        found += marks.in_files(h.searched, encoded)
        exports = (h.place / "papers", h.out)
        inside = {Path(hit.where) for hit in marks.in_files(exports, encoded)}
        found += [
            one for one in marks.in_files(SYSTEM, encoded, begun) if Path(one.where) not in inside
        ]
        h.run("import", h.place / "papers" / "long.pdf")
        h.run("verify", "--full")
    silent = set(words[-SILENT:]) | {words[10], words[12], words[13]}
    back = marks.in_bytes(b"\0".join(h.came_out), encoded)
    out.violations += [f"a canary in {one.where}" for one in found]
    out.violations += h.wrong
    out.violations += [
        f"canary {n} never came back, so it proves nothing"
        for n, word in enumerate(words)
        if word not in back and word not in silent
    ]
    out.figures.append(f"{COUNT} canaries, {len(back)} of them came back out when asked for")
    out.figures.append(f"{hit} of {sample} imports killed in the middle with SIGKILL")
    out.figures.append(f"hits outside of what was asked for: {len(found)}")
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, 12)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
