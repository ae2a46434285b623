"""Faxes as files: TIFFs of several pages, each with its own coding and resolution."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.TiffImagePlugin import AppendingTiffWriter

from tests.ingest.papers import image, picture
from vault.ingest import page
from vault.ingest.ocr.choose import Engines
from vault.model.reading import ReadOptions
from vault.workers import tools

LINES = ("Harbor View Family Practice", "Plan: Amoxicillin 500 mg twice daily.", "Lisinopril 10 mg")
PAGES = (("group3", 204, 98), ("group4", 204, 196), ("group4", 204, 391), ("packbits", 200, 100))


def received() -> bytes:
    """A fax of four pages, as machines and programs of different age keep it."""
    out = io.BytesIO()
    with AppendingTiffWriter(out) as writer:
        for coding, across, along in PAGES:
            size = (round(8.5 * across), 11 * along)
            sheet = picture(LINES).resize(size, Image.Resampling.BOX)
            bilevel = sheet.point(lambda v: 255 * (v > 150)).convert("1")
            bilevel.save(writer, "TIFF", compression=coding, dpi=(across, along))
            writer.newFrame()
    return out.getvalue()


@pytest.mark.ocr
def test_every_page_of_a_fax_is_read_in_its_true_shape() -> None:
    """Whatever dots an inch it has across and along, a page is letter size and its words right."""
    engines = Engines(tools.tessdata_folder(), None)
    with image(received(), "tiff") as document:
        assert document.pages == len(PAGES)
        for number in range(1, document.pages + 1):
            wide, high = document.size(number)
            assert (round(wide), round(high)) == (612, 792)
            found = page.read(document, number, ReadOptions(), engines)
            text = " ".join(word.text for word in found.readings[0].words)
            assert "Amoxicillin 500 mg" in text, PAGES[number - 1]
            assert "Lisinopril 10 mg" in text, PAGES[number - 1]
