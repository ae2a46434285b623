"""Pages come from a scanner by pipes, and are one PDF that holds every pixel."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.actions import scanners
from vault.actions.scanning import pdf, pnm, run, scanner
from vault.actions.scanning.pnm import BadPicture, Picture
from vault.actions.scanning.run import Scanned, Wanted
from vault.errors import CannotRead, MissingTool, NotFound, Refused, Stopped, UsageError

SANE = pytest.mark.skipif(shutil.which("scanimage") is None, reason="SANE is not installed")
CAN = {"mode": "Lineart|Gray|Color", "resolution": "75|100|150|300dpi", "source": "Flatbed|ADF"}


def grey(width: int, height: int, pixels: bytes) -> bytes:
    """A page as scanimage sends it."""
    return b"P5\n# SANE data follows\n%d %d\n255\n%b" % (width, height, pixels)


PAGE = grey(4, 2, bytes(range(8)))


def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: Wanted) -> Scanned:
    """Scan from the stand-in that was put under `tmp_path`."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return run.scan(wanted, lambda _n: None, lambda _n: True)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """A small picture of any kind a scanner sends."""
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 6))
    bits, channels = draw(st.sampled_from([(1, 1), (8, 1), (8, 3)]))
    size = (width * channels * bits + 7) // 8 * height
    return Picture(width, height, bits, channels, draw(st.binary(min_size=size, max_size=size)))


def sent(page: Picture, comment: bytes = b"# SANE data follows\n") -> bytes:
    """A picture as a program writes it."""
    kind = b"4" if page.bits == 1 else b"6" if page.channels == 3 else b"5"
    depth = b"" if page.bits == 1 else b"255\n"
    size = b"%d %d\n" % (page.width, page.height)
    return b"".join((b"P", kind, b"\n", comment, size, depth, page.pixels))


@given(pictures(), st.sampled_from([b"", b"# SANE data follows\n"]))
def test_what_is_sent_is_what_is_read(page: Picture, comment: bytes) -> None:
    """Every pixel comes through, whatever bytes the pixels are."""
    assert pnm.parse(sent(page, comment)) == page


@given(pictures(), st.data())
def test_a_page_cut_off_is_none(page: Picture, data: st.DataObject) -> None:
    """A page with bytes missing is refused."""
    whole = sent(page)
    with pytest.raises(BadPicture):
        pnm.parse(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_refused(data: bytes) -> None:
    """Whatever a device sends, there is no other error."""
    for start in (b"", b"P4 ", b"P5 ", b"P6 "):
        try:
            page = pnm.parse(start + data)
        except BadPicture:
            continue
        assert len(page.pixels) == (page.width * page.channels * page.bits + 7) // 8 * page.height


@settings(deadline=None, max_examples=40)
@given(st.lists(pictures(), min_size=1, max_size=3))
def test_the_pdf_holds_every_pixel(pages: list[Picture]) -> None:
    """A strict reader finds the pages, their size and the pixels as they were scanned."""
    data = pdf.document([pdf.pack(page, 100) for page in pages])
    reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
    assert len(reader.pages) == len(pages)
    for found, page in zip(reader.pages, pages, strict=True):
        assert float(found.mediabox.width) == pytest.approx(page.width * 0.72, abs=0.001)
        held = found["/Resources"]["/XObject"]["/P"]  # type: ignore[index]
        assert held.get_data() == page.pixels
        assert ("/Decode" in held) == (page.bits == 1)


def test_black_is_black(tmp_path: Path) -> None:
    """A set bit, which is black to a scanner, is black in the PDF."""
    page = Picture(16, 1, 1, 1, b"\xff\x00")
    reader = pypdf.PdfReader(io.BytesIO(pdf.document([pdf.pack(page, 72)])), strict=True)
    seen = reader.pages[0].images[0].image
    assert isinstance(seen, Image.Image)
    shown = seen.convert("L")
    assert [shown.getpixel((x, 0)) for x in (0, 15)] == [0, 255]


@pytest.mark.parametrize(
    ("can", "wanted", "arguments"),
    [
        (CAN, Wanted("dev"), ("--device-name=dev", "--mode=Gray", "--resolution=300")),
        (CAN, Wanted(mode="lineart", resolution=110), ("--mode=Lineart", "--resolution=100")),
        (CAN, Wanted(feeder=True), ("--source=ADF", "--mode=Gray", "--resolution=300")),
        (
            {"source": "ADF Front|ADF Back|ADF Duplex"},
            Wanted(both_sides=True),
            ("--source=ADF Duplex",),
        ),
        ({"source": "ADF Back|ADF Front"}, Wanted(feeder=True), ("--source=ADF Front",)),
        (
            {"source": "Flatbed|Automatic Document Feeder", "adf-mode": "Simplex|Duplex"},
            Wanted(both_sides=True),
            ("--source=Automatic Document Feeder", "--adf-mode=Duplex"),
        ),
        (
            {"source": "Flatbed|ADF", "duplex": ""},
            Wanted(both_sides=True),
            ("--source=ADF", "--duplex=yes"),
        ),
        (
            {"mode": "Gray|Color", "depth": "1|8|16", "resolution": "1..1200dpi (in steps of 1)"},
            Wanted(mode="lineart"),
            ("--mode=Gray", "--depth=1", "--resolution=300"),
        ),
        ({}, Wanted(), ()),
    ],
)
def test_how_a_scanner_is_called(
    can: Mapping[str, str], wanted: Wanted, arguments: tuple[str, ...]
) -> None:
    """The scanner's own words are used, source and mode first, each value joined to its option."""
    assert run.setup(wanted, can).arguments == arguments


@pytest.mark.parametrize(
    ("can", "wanted", "error"),
    [
        (CAN, Wanted(both_sides=True), Refused),
        ({"source": "Flatbed"}, Wanted(feeder=True), Refused),
        ({"mode": "Gray"}, Wanted(mode="lineart"), Refused),
        ({"mode": "Gray"}, Wanted(mode="color"), Refused),
        (CAN, Wanted(mode="sepia"), UsageError),
    ],
)
def test_what_a_scanner_cannot_do(
    can: Mapping[str, str], wanted: Wanted, error: type[Exception]
) -> None:
    """It is refused before anything is scanned."""
    with pytest.raises(error):
        run.setup(wanted, can)


@pytest.mark.parametrize("suffix", [".part", ""])
def test_pages_come_by_pipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """All sheets of the feeder, both sides; the program is never given a file to write to.

    Older programs write under a page's own name, newer ones add `.part` first.
    """
    log = scanners.install(tmp_path / "bin", [PAGE] * 3, suffix=suffix)
    done = feed(tmp_path, monkeypatch, Wanted(both_sides=True, resolution=150))
    assert (done.pages, done.problem) == (3, "")
    assert len(pypdf.PdfReader(io.BytesIO(done.data)).pages) == 3
    calls = log.read_text().splitlines()
    assert calls[2:] == ["page pipe"] * 3
    assert calls[1].startswith("--source=ADF Duplex --mode=Gray --resolution=150 --format=pnm")


def test_page_by_page_from_the_glass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page unless more are asked for; before each further one the person is asked."""
    log = scanners.install(tmp_path / "bin", [PAGE])
    assert feed(tmp_path, monkeypatch, Wanted()).pages == 1
    asked: list[int] = []

    def ready(number: int) -> bool:
        asked.append(number)
        return number < 3

    assert run.scan(Wanted(pages=4), lambda _n: None, ready).pages == 2
    assert asked == [2, 3]
    assert log.read_text().count("--batch-count=1") == 3


def test_a_jam_keeps_what_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages before it are kept, and the reason is the scanner's own."""
    end = "scanimage: sane_start: Document feeder jammed"
    scanners.install(tmp_path / "bin", [PAGE] * 2, end=end, code=6)
    done = feed(tmp_path, monkeypatch, Wanted(feeder=True))
    assert (done.pages, done.problem) == (2, "Document feeder jammed")


def test_a_page_cut_off_by_the_scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that came incomplete ends the scan with the pages before it."""
    scanners.install(tmp_path / "bin", [PAGE, PAGE[:-3], PAGE])
    done = feed(tmp_path, monkeypatch, Wanted(feeder=True))
    assert (done.pages, done.problem) == (1, "the page came incomplete")


@pytest.mark.parametrize(
    ("pages", "end", "code", "said"),
    [
        ((), scanners.EMPTY, 7, "no paper in the feeder"),
        ((), "scanimage: sane_start: Scanner cover is open", 8, "cover is open"),
        ((b"not a picture",), scanners.EMPTY, 0, "sent no picture"),
    ],
)
def test_not_one_page(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    pages: tuple[bytes, ...],
    end: str,
    code: int,
    said: str,
) -> None:
    """Without a page there is an error that says why, and nothing to keep."""
    scanners.install(tmp_path / "bin", pages, end=end, code=code)
    with pytest.raises(CannotRead, match=said):
        feed(tmp_path, monkeypatch, Wanted(feeder=True))


def test_more_than_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages up to the bound are kept, and the rest is named."""
    monkeypatch.setattr(run, "MOST_PACKED", 20)
    scanners.install(tmp_path / "bin", [PAGE] * 9)
    done = feed(tmp_path, monkeypatch, Wanted(feeder=True))
    assert done.pages == 2
    assert "another record" in done.problem


def test_without_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool) as caught:
        run.scan(Wanted(), lambda _n: None, lambda _n: True)
    assert "sane-utils" in caught.value.hint


@SANE
def test_the_feeder_of_a_real_driver() -> None:
    """SANE's test scanner has ten sheets in its feeder, and takes as many of them as wanted."""
    counted: list[int] = []
    done = run.scan(Wanted("test:0", feeder=True, resolution=50), counted.append, lambda _n: True)
    assert (done.pages, done.problem, counted) == (10, "", list(range(1, 11)))
    some = run.scan(
        Wanted("test:0", feeder=True, resolution=75, mode="color", pages=2),
        lambda _n: None,
        lambda _n: True,
    )
    (first, _second) = pypdf.PdfReader(io.BytesIO(some.data), strict=True).pages
    # The test scanner's bed is 80 by 100 mm unless told otherwise.
    assert float(first.mediabox.width) == pytest.approx(80 / 25.4 * 72, abs=1)


@SANE
@pytest.mark.parametrize("mode", run.MODES)
def test_every_mode_of_a_real_driver(mode: str) -> None:
    """Grey, colour, and black and white each come as one whole page."""
    wanted = Wanted("test:0", resolution=60, mode=mode)
    done = run.scan(wanted, lambda _n: None, lambda _n: True)
    assert (done.pages, done.problem) == (1, "")


@SANE
def test_a_scanner_that_is_not_there() -> None:
    """Its absence is said; a name that looks like an option is only a name."""
    for device in ("nosuch:0", "--version", "-h"):
        with pytest.raises(NotFound, match="no scanner can be used"):
            scanner.options(device)


def test_the_scanners_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each comes with SANE's name of it and its make and model."""
    scanners.install(tmp_path / "bin", [])
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    first, second = scanner.devices()
    assert (first.name, first.model) == ("invented:1", "Elm Flatbed 20")
    assert second.name == "net:host:invented:2"


def test_told_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the page that is there no further one is taken, nothing is kept, and it says so."""
    scanners.install(tmp_path / "bin", [PAGE] * 5)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    came: list[int] = []
    with pytest.raises(Stopped, match="nothing of this scan was kept"):
        run.scan(Wanted(feeder=True), came.append, lambda _n: True, lambda: bool(came))
    assert came == [1]
