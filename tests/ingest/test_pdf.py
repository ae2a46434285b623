"""PDFs: their words with places, their pages as pixels, and what is locked or damaged."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.ingest import papers
from tests.ingest.papers import GOLDEN, LINES, text_pdf
from vault.ingest.sheet import MOST_SIDE, Unreadable
from vault.model.words import box_of, find_quote, lines_of, quote_of, text_of


def _locked(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf())))
    writer.encrypt(user, "the owner's", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _rewritten(turn: int) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf())))
    writer.pages[0].rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_text_layer_gives_words_lines_and_places() -> None:
    """The text layer gives words lines and places."""
    with papers.pdf(text_pdf()) as document:
        layer = document.layer(1)
    assert layer is not None
    lines = [quote_of(layer.words, span) for span in lines_of(layer.words)]
    assert lines == list(LINES)
    assert (layer.turn, layer.pictures) == (0, 0)
    span = find_quote(layer.words, GOLDEN)
    assert span is not None
    box = box_of(layer.words, span)
    assert box is not None
    assert 0.1 < box.left < box.right < 0.6
    assert 0.1 < box.top < box.bottom < 0.4


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_of_a_turned_page_are_brought_upright(turn: int) -> None:
    """Words of a turned page are brought upright."""
    with papers.pdf(text_pdf()) as document:
        upright = document.layer(1)
    with papers.pdf(_rewritten(turn)) as document:
        layer = document.layer(1)
        width, height = document.size(1)
    assert layer is not None
    assert upright is not None
    assert layer.turn == (360 - turn) % 360
    assert (width > height) is (turn != 180)
    for one, two in zip(layer.words, upright.words, strict=True):
        assert one.text == two.text
        assert abs(one.box.left - two.box.left) < 1e-3
        assert abs(one.box.bottom - two.box.bottom) < 1e-3


def test_words_that_run_up_the_page_are_turned_upright() -> None:
    """Words that run up the page are turned upright."""
    data = text_pdf(("#rotate(-90deg, reflow: true)[Potassium 4.1 mmol per litre in May]",))
    with papers.pdf(data) as document:
        layer = document.layer(1)
    assert layer is not None
    assert layer.turn == 90
    assert all(w.box.right - w.box.left > w.box.bottom - w.box.top for w in layer.words[:1])


def test_a_page_of_text_is_drawn_at_300_dpi() -> None:
    """A page of text is drawn at 300 dpi."""
    with papers.pdf(text_pdf()) as document:
        sheet = document.sheet(1)
        small = document.sheet(1, colour=True, dpi=30)
    assert (sheet.image.size, sheet.image.mode, sheet.bilevel) == ((2550, 3300), "L", False)
    assert (small.image.size, small.image.mode) == ((255, 330), "RGB")


def test_a_scan_is_drawn_at_its_own_resolution() -> None:
    """A scan is drawn at its own resolution."""
    data = papers.saved(papers.picture(dpi=150), "PDF", resolution=150)
    with papers.pdf(data) as document:
        sheet = document.sheet(1)
        assert document.layer(1) is None
    assert sheet.image.size == (1275, 1650)


def test_a_fax_in_a_pdf_is_known_as_one_and_made_square() -> None:
    """A fax in a pdf is known as one and made square."""
    page = papers.fax(papers.picture())
    data = papers.saved(page, "PDF", dpi=(204, 98))
    with papers.pdf(data) as document:
        sheet = document.sheet(1)
    assert sheet.bilevel
    assert abs(sheet.image.height / sheet.image.width - 11 / 8.5) < 0.01


def test_a_page_of_any_claimed_size_keeps_within_bounds() -> None:
    """A page of any claimed size keeps within bounds."""
    huge = "#set page(width: 4000pt, height: 14000pt)\n"
    with papers.pdf(text_pdf(("Small words on a very large page",), huge)) as document:
        assert max(document.sheet(1).image.size) <= MOST_SIDE + 1


def test_a_locked_file_opens_with_its_password_alone() -> None:
    """A locked file opens with its password alone."""
    data = _locked("sesame")
    for wrong in ("", "wrong"):
        with (
            pytest.raises(Unreadable, match="locked with a password") as problem,
            papers.pdf(data, wrong),
        ):
            pass
        assert problem.value.encrypted
    with papers.pdf(data, "sesame") as document:
        assert (document.encrypted, document.pages) == (True, 1)
        layer = document.layer(1)
    assert layer is not None
    assert GOLDEN in text_of(layer.words)


def test_a_file_locked_with_an_empty_password_opens_by_itself() -> None:
    """A file locked with an empty password opens by itself."""
    with papers.pdf(_locked("")) as document:
        assert (document.encrypted, document.pages) == (True, 1)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(range(256)) * 40, b"%PDF-1.7\n%%EOF"]
)
def test_garbage_is_a_problem_said_in_a_clause(data: bytes) -> None:
    """Garbage is a problem said in a clause."""
    with pytest.raises(Unreadable, match="damaged"), papers.pdf(data):
        pass


def test_what_opens_of_a_file_that_was_cut_off_is_used() -> None:
    """What opens of a file that was cut off is used."""
    data = text_pdf()
    with papers.pdf(data[: data.rindex(b"startxref")]) as document:
        layer = document.layer(1)
    assert layer is not None
    assert GOLDEN in text_of(layer.words)


def test_a_page_there_is_not_is_a_problem() -> None:
    """A page there is not is a problem."""
    with papers.pdf(text_pdf()) as document:
        for page in (0, 2):
            with pytest.raises(Unreadable, match="no such page"):
                document.layer(page)


def test_a_picture_on_a_page_counts_by_its_share() -> None:
    """A picture on a page counts by its share."""
    both = io.BytesIO()
    Image.new("L", (400, 400), 90).save(both, "PDF", resolution=72)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf())))
    writer.pages[0].merge_page(PdfReader(both).pages[0])
    out = io.BytesIO()
    writer.write(out)
    with papers.pdf(out.getvalue()) as document:
        layer = document.layer(1)
    assert layer is not None
    assert layer.pictures == pytest.approx(400 * 400 / (612 * 792), rel=0.01)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_landscape_page_kept_on_its_side_reads_from_top_to_bottom(turn: int) -> None:
    """A landscape page kept on its side reads from top to bottom."""
    body = "\\ ".join(line.replace("@", "\\@") for line in LINES)
    data = text_pdf((f"#rotate({-turn}deg, reflow: true)[#box(width: 8in)[{body}]]",))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.pages[0].rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    with papers.pdf(out.getvalue()) as document:
        layer = document.layer(1)
    assert layer is not None
    assert layer.turn == 0
    assert text_of(layer.words).split() == " ".join(LINES).split()
    tops = [layer.words[span.start].box.top for span in lines_of(layer.words)]
    assert tops == sorted(tops)


def test_a_pdf_whose_lock_is_something_else_is_opened_or_refused() -> None:
    """Its encryption names another object of the file: a reason or a page, never a crash."""
    data = _locked("")
    found = re.search(rb"/Encrypt (\d+) 0 R", data)
    assert found is not None
    reasons = set()
    for number in range(1, int(found[1])):
        changed = data[: found.start()] + b"/Encrypt %d 0 R" % number + data[found.end() :]
        try:
            with papers.pdf(changed) as document:
                assert document.pages == 1
        except Unreadable as problem:
            reasons.add(problem.clause)
    assert "it is locked in an unknown way" in reasons
