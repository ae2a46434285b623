"""Other programs are run over the files once, and what they made is taken from where it is kept."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from bench.ocr_items import Item, folders
from bench.ocr_keep import Cost, Kept, Read
from bench.ocr_peers import Peer, cost, kept_reads, merged, reads, repeated, sidecar_pages

# Stands in for OCRmyPDF: notes that it ran, copies the file, and says what it read.
OCRMYPDF = """#!/bin/sh
[ "$1" = --version ] && { echo 9.9; exit; }
echo run >>"$RUNS"
while [ $# -gt 2 ]; do [ "$1" = --sidecar ] && side=$2; shift; done
case $1 in *refused*) exit 6;; esac
cp "$1" "$2"
[ -z "$side" ] || printf 'read text' >"$side"
"""


def _program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs of the names that are looked for, and the file that notes each run."""
    programs = tmp_path / "programs"
    programs.mkdir()
    _program(programs, "ocrmypdf", OCRMYPDF)
    _program(programs, "pdftotext", "#!/bin/sh\nprintf 'layer\\f'\n")
    _program(programs, "tesseract", "#!/bin/sh\necho tesseract 1.2\n")
    noted = tmp_path / "runs"
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("RUNS", str(noted))
    return noted


def _items(folder: Path, *names: str, language: str = "eng") -> list[Item]:
    found = []
    for name in names:
        writer = PdfWriter()
        writer.add_blank_page(200, 100 + 10 * len(name))
        writer.write(folder / f"{name}.pdf")
        found.append(Item(folder / f"{name}.pdf", ("read text",), language=language))
    return found


def _times(runs: Path) -> int:
    return len(runs.read_text().splitlines()) if runs.exists() else 0


def test_what_is_kept_is_not_run_again(tmp_path: Path, runs: Path) -> None:
    """The second time, also after a new start, nothing runs and the same is told."""
    held, file = _items(tmp_path, "a", "bb"), tmp_path / "kept"
    made = reads(Peer("ocrmypdf"), held, Kept(file))
    assert _times(runs) == 2
    assert {read.sidecar for read in made.values()} == {"read text"}
    assert reads(Peer("ocrmypdf"), held, Kept(file)) == made
    assert _times(runs) == 2


def test_other_settings_or_another_file_are_run(tmp_path: Path, runs: Path) -> None:
    """What one program made of one file says nothing of another."""
    kept = Kept(tmp_path / "kept")
    held = _items(tmp_path, "a")
    reads(Peer("ocrmypdf"), held, kept)
    assert kept_reads(Peer("paperless"), held, kept) is None
    reads(Peer("paperless"), held, kept)
    assert _times(runs) == 2
    changed = _items(tmp_path, "ccc")
    assert kept_reads(Peer("ocrmypdf"), [*held, *changed], kept) is None
    reads(Peer("ocrmypdf"), [*held, *changed], kept)
    assert _times(runs) == 3


def test_a_refusal_is_kept_with_the_files_own_text(tmp_path: Path, runs: Path) -> None:
    """OCRmyPDF ends with 6 at a page that has text; the file is as it was."""
    (made,) = reads(Peer("ocrmypdf"), _items(tmp_path, "refused"), Kept()).values()
    assert (made.sidecar, made.layer, made.problem) == ("", "layer", "exit 6")


def test_the_cost_is_of_one_long_file_for_each_language(tmp_path: Path, runs: Path) -> None:
    """The start of the program counts once, not at each page."""
    held = _items(tmp_path, "a", "bb") + _items(tmp_path, "es", language="spa")
    kept = Kept(tmp_path / "kept")
    found = cost(Peer("ocrmypdf"), held, 7, kept)
    assert (found.pages, _times(runs)) == (9, 2)
    assert found.cpu > 0
    assert cost(Peer("ocrmypdf"), held, 7, Kept(tmp_path / "kept")) == found
    assert _times(runs) == 2


def test_a_long_run_that_fails_is_no_cost(tmp_path: Path, runs: Path) -> None:
    """Half of a run must not be taken for a cheap one."""
    _program(tmp_path / "programs", "ocrmypdf", "#!/bin/sh\nexit 7\n")
    with pytest.raises(RuntimeError, match="7"):
        cost(Peer("ocrmypdf"), _items(tmp_path, "a"), 1, Kept())


def test_merged_files_hold_every_page_of_their_language(tmp_path: Path) -> None:
    """No page is lost or read in another language."""
    held = _items(tmp_path, "a", "bb") + _items(tmp_path, "es", language="spa")
    found = merged(repeated(held, 4), tmp_path)
    assert {name: len(PdfReader(path).pages) for name, path in found.items()} == {
        "eng": 4,
        "spa": 2,
    }


def test_a_line_cut_off_is_passed_over(tmp_path: Path) -> None:
    """A run that was killed while it wrote loses that one outcome, and not the next."""
    file = tmp_path / "kept"
    kept = Kept(file)
    kept.add_read("one", Read("a\f£", "b", 1.5, "", "2026-01-01"))
    kept.add_cost("two", Cost(1.0, 2.0, 3, 4, "2026-01-01"))
    with file.open("a") as more:
        more.write('{"key": "three", "sidec')
    again = Kept(file)
    assert (again.reads, again.costs) == (kept.reads, kept.costs)
    assert len(again.reads) == len(again.costs) == 1
    again.add_read("three", Read("c", "", 1.0))
    assert set(Kept(file).reads) == {"one", "three"}


def test_skipped_pages_have_their_own_text() -> None:
    """OCRmyPDF tells skipped pages as a range; the pages after it keep their numbers."""
    layer = ["l1", "l2", "l3", "l4"]
    said = "read\f[OCR skipped on page(s) 2-3]\flast\n"
    assert sidecar_pages(said, layer) == ["read", "l2", "l3", "last\n"]
    assert sidecar_pages("[OCR skipped on page(s) 1]", []) == [""]


def test_a_folder_says_how_its_pages_are_scored(tmp_path: Path) -> None:
    """Truth by form feeds or from a list, manifest if there is one; folders below count, too."""
    hard, plain = tmp_path / "hard", tmp_path / "plain"
    for folder in (hard, plain):
        folder.mkdir()
    _items(hard, "es", "many", "bare")
    _items(plain, "mixed")
    (hard / "es.txt").write_text("hola")
    (hard / "many.txt").write_text("one\ftwo")
    (plain / "mixed.gt.json").write_text(json.dumps(["one", "two", "three"]))
    about = [
        {"name": "es", "lang": "es", "metric": "bow", "noise": ["verso"], "turn": 90},
        {"name": "many", "lang": "mixed", "metric": "multi", "noise": ["multi"]},
    ]
    (hard / "manifest.json").write_text(json.dumps(about))
    harder, office = folders([tmp_path])
    assert (harder.harder, office.harder) == (True, False)
    es, many = harder.items
    assert (es.language, es.metric, es.noise, es.turn) == ("spa", "bow", ("verso",), 90)
    assert (many.language, many.pages) == ("eng", 2)
    assert (office.items[0].metric, office.items[0].pages) == ("mixed", 3)


def test_a_cost_can_be_taken_again(tmp_path: Path, runs: Path) -> None:
    """A run on a busy machine is dear: it is made anew when asked, and the new one kept."""
    held, file = _items(tmp_path, "a"), tmp_path / "kept"
    cost(Peer("ocrmypdf"), held, 1, Kept(file))
    again = cost(Peer("ocrmypdf"), held, 1, Kept(file), now=True)
    assert _times(runs) == 2
    assert list(Kept(file).costs.values()) == [again]
