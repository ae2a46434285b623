"""Which files an import is about, told by their first bytes and never by their names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ingest.papers import text_pdf
from vault.actions.imports import gather, seal
from vault.actions.imports import run as imports
from vault.actions.imports.gather import Candidate
from vault.actions.imports.seal import Origin, Sealed
from vault.actions.session import Session
from vault.errors import CannotRead, Refused


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Folders within, but no hidden files and no links; what cannot be read says why."""
    for name in ("b/2.pdf", "a.pdf", ".hidden.pdf", ".git/x.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "a.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    found = gather.gather([tmp_path])
    assert [(c.name, bool(c.refused)) for c in found] == [
        ("a.pdf", False),
        ("pipe.pdf", True),
        ("2.pdf", False),
    ]


def test_a_name_that_could_fool_a_terminal(tmp_path: Path) -> None:
    """Escape codes in a file's name are gone before anybody is shown it."""
    (tmp_path / "a\x1b[31m\nb.pdf").write_bytes(b"text")
    (row,) = gather.gather([tmp_path])
    assert row.name == "a[31m b.pdf"
    with pytest.raises(CannotRead) as caught:
        gather.gather([tmp_path / "\x1b[31mgone.pdf"])
    assert "\x1b" not in caught.value.sentence


@pytest.mark.parametrize("name", ["gone", "plain/inside", "n" * 300])
def test_a_path_that_is_not_there(tmp_path: Path, name: str) -> None:
    """It is told before anything else is touched."""
    (tmp_path / "plain").write_bytes(b"text")
    with pytest.raises(CannotRead):
        gather.gather([tmp_path / name])


def test_one_bad_file_does_not_stop_the_rest(
    vault: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that goes or changes while it is taken in is refused alone."""
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(text_pdf((name,)))
    real = seal.seal

    def sealing(s: Session, candidate: Candidate, origin: Origin) -> Sealed:
        if candidate.name == "a.pdf":
            candidate.path.unlink()
        if candidate.name == "b.pdf":
            raise Refused("the file changed while it was being read", "import it again")
        return real(s, candidate, origin)

    monkeypatch.setattr(imports, "seal", sealing)
    rows = imports.import_paths(vault, [tmp_path / f"{n}.pdf" for n in "abc"], Origin())
    assert [(r.file, r.status) for r in rows] == [
        ("a.pdf", "refused"),
        ("b.pdf", "refused"),
        ("c.pdf", "stored"),
    ]
    assert "not there" in rows[0].reason
    assert "changed" in rows[1].reason
