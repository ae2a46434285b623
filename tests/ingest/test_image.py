"""Picture files: pages, resolutions, turns, and what is too large or broken."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image

from tests.ingest import papers
from vault.ingest.sheet import MOST_SIDE, Unreadable


def _halves() -> Image.Image:
    """A tall page, its upper third black."""
    page = Image.new("L", (400, 600), 255)
    page.paste(0, (0, 0, 400, 200))
    return page


def bomb(width: int, height: int) -> bytes:
    """A small PNG that claims to be very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_pixel_bomb_is_refused_before_it_is_decoded() -> None:
    """A pixel bomb is refused before it is decoded."""
    for size in ((60_000, 60_000), (14_000, 14_000)):
        with pytest.raises(Unreadable, match="larger than"), papers.image(bomb(*size), "png"):
            pass


@pytest.mark.parametrize("media", ["png", "jpeg", "tiff"])
def test_each_kind_opens_as_itself_and_as_no_other(media: str) -> None:
    """Each kind opens as itself and as no other."""
    data = papers.saved(_halves(), media.upper(), dpi=(100, 100))
    with papers.image(data, media) as document:
        assert document.pages == 1
        assert document.size(1) == pytest.approx((288, 432), rel=0.01)
        assert document.sheet(1).image.size == (400, 600)
    other = "png" if media != "png" else "tiff"
    with pytest.raises(Unreadable, match="damaged"), papers.image(data, other):
        pass


@pytest.mark.parametrize("media", ["jpeg", "tiff"])
@pytest.mark.parametrize(
    ("orientation", "dark"), [(1, "top"), (3, "bottom"), (6, "right"), (8, "left")]
)
def test_the_turn_that_a_camera_notes_is_applied(media: str, orientation: int, dark: str) -> None:
    """The turn that a camera notes is applied."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    page = _halves()
    data = papers.saved(page, media.upper(), exif=exif, dpi=(100, 100))
    with papers.image(data, media) as document:
        shown = document.sheet(1).image
        wide = document.size(1)[0] > document.size(1)[1]
    assert wide is (shown.width > shown.height) is (orientation > 4)
    places = {
        "top": (shown.width // 2, 20),
        "bottom": (shown.width // 2, shown.height - 20),
        "left": (20, shown.height // 2),
        "right": (shown.width - 20, shown.height // 2),
    }
    found = [name for name, (x, y) in places.items() if shown.tobytes()[y * shown.width + x] < 99]
    assert found == [dark]


def test_a_tiff_has_all_its_pages() -> None:
    """A tiff has all its pages."""
    pages = [Image.new("L", (300 + n, 400), 255 - n) for n in range(3)]
    data = papers.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    with papers.image(data, "tiff") as document:
        assert document.pages == 3
        widths = [document.sheet(n).image.width for n in (3, 1, 2)]
        with pytest.raises(Unreadable, match="no such page"):
            document.sheet(4)
    assert widths == [302, 300, 301]


def test_a_fax_is_made_square_and_known_as_black_and_white() -> None:
    """A fax is made square and known as black and white."""
    data = papers.saved(papers.fax(papers.picture()), "TIFF", dpi=(204, 98), compression="group4")
    with papers.image(data, "tiff") as document:
        sheet = document.sheet(1)
        assert document.size(1) == pytest.approx((612, 792), rel=0.01)
    assert sheet.bilevel
    assert sheet.image.size == (1734, 2244)


def test_a_resolution_nobody_can_believe_is_guessed() -> None:
    """A resolution nobody can believe is guessed."""
    data = papers.saved(Image.new("L", (3000, 4000), 255), "JPEG", dpi=(72, 72))
    with papers.image(data, "jpeg") as document:
        assert max(document.size(1)) == pytest.approx(792)


def test_transparent_paper_is_white() -> None:
    """Transparent paper is white."""
    data = papers.saved(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG")
    with papers.image(data, "png") as document:
        assert document.sheet(1).image.getextrema() == (255, 255)


def test_sixteen_bits_a_pixel_keep_their_brightness() -> None:
    """Sixteen bits a pixel keep their brightness."""
    page = Image.new("I;16", (100, 100), 65535)
    page.paste(0, (0, 0, 50, 50))
    with papers.image(papers.saved(page, "PNG"), "png") as document:
        assert document.sheet(1).image.getextrema() == (0, 255)


def test_a_very_large_page_is_made_smaller() -> None:
    """A very large page is made smaller."""
    data = papers.saved(Image.new("1", (9000, 12000), 1), "PNG", dpi=(1200, 1200))
    with papers.image(data, "png") as document:
        assert max(document.sheet(1).image.size) <= MOST_SIDE


def test_what_is_there_of_a_picture_that_was_cut_off_is_used_and_said() -> None:
    """What is there of a picture that was cut off is used and said."""
    data = papers.saved(papers.noisy(papers.picture(dpi=72)), "JPEG")
    with papers.image(data[: len(data) // 2], "jpeg") as document:
        assert document.sheet(1).cut_off


def test_garbage_after_a_good_beginning_is_a_problem_in_a_clause() -> None:
    """Garbage after a good beginning is a problem in a clause."""
    with (
        pytest.raises(Unreadable, match="damaged"),
        papers.image(b"\xff\xd8\xff" + bytes(500), "jpeg"),
    ):
        pass
