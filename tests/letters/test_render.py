"""Tests of how a letter looks, read back from the finished PDF."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import BooleanObject, ContentStream, DictionaryObject, StreamObject

from tests.letters.asking.cases import ADA
from tests.letters.correcting.cases import FAMILY, SULFA, K, case, excerpt
from vault.errors import Exit
from vault.letters import render
from vault.letters.correcting import kinds
from vault.letters.correcting.content import Content, Item
from vault.letters.render import MissingGlyphs, NotTypeset
from vault.model.letters import Typeset
from vault.workers.pool import Pool

POLISH, GREEK, CYRILLIC = "Zażółć Łęcka", "Γιώργος Ψαρράς", "Пётр Ёлкин"
HEBREW, ARABIC, HINDI = "שרה כהן", "محمد علي", "श्रीमती"
CHINESE, EMOJI, PRIVATE = "王小明", "😀", "\ue123"


LETTER = replace(case(K.AMENDMENT_REQUEST), on=dt.date(2026, 11, 23))
"""The longest letter there is: excerpts, quotes, names and lists."""

POOL = Pool(1)
"""One typesetter for every letter here."""


def render_correction(letter: Content) -> Typeset:
    """The letter as it comes from a worker."""
    return kinds.render_letter(letter, POOL)


@pytest.fixture(scope="module", autouse=True)
def _close() -> Iterator[None]:
    """No worker outlives the module."""
    yield
    POOL.close()


def pdf_of(letter: Content) -> io.BytesIO:
    """The finished PDF, to be read."""
    return io.BytesIO(render_correction(letter).pdf)


def text_of(pdf: bytes) -> str:
    """The text of all pages, white space as single blanks, ligatures as their letters."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return " ".join(unicodedata.normalize("NFKC", text).split())


def glyphs(pdf: bytes) -> list[int]:
    """All glyph numbers drawn by text operators; every font is a two-byte one."""
    reader = PdfReader(io.BytesIO(pdf))
    found: list[int] = []
    for page in reader.pages:
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            parts = operands[0] if operator == b"TJ" else operands
            if operator in {b"TJ", b"Tj"}:
                for part in parts:
                    if not isinstance(part, str | bytes):
                        continue
                    raw = part if isinstance(part, bytes) else part.original_bytes  # type: ignore[attr-defined]
                    found += [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]
    return found


def fonts(reader: PdfReader) -> list[DictionaryObject]:
    """The descriptors of all fonts on all pages."""
    found: list[DictionaryObject] = []
    for page in reader.pages:
        held = page["/Resources"].get_object()
        assert isinstance(held, DictionaryObject)
        named_fonts = held["/Font"].get_object()
        assert isinstance(named_fonts, DictionaryObject)
        for font in named_fonts.values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            found.append(below["/FontDescriptor"].get_object())
    return found


def with_items(*items: Item) -> Content:
    """The letter about these items."""
    numbered = (replace(item, flag=f"flag_{n}") for n, item in enumerate(items))
    return replace(LETTER, items=tuple(numbered))


def named(name: str) -> Content:
    """A letter in which `name` stands in sentences, in fields and in blocks of its own."""
    item = replace(SULFA, quote=name, should_say=name, author=name, record=name)
    told, holder = replace(FAMILY, name=name), replace(LETTER.holder, name=name)
    return replace(with_items(item), patient=replace(ADA, name=name), holder=holder, tell=(told,))


def test_the_letter_says_everything_a_records_office_needs() -> None:
    """Whom, what, when, under which law, and the pages are numbered."""
    said = text_of(render_correction(LETTER).pdf)
    for words in (
        "Request to amend my health record",
        "cor_7kq2m9x4t0bz",
        "Ada Ellen Marsh",
        "4 March 1961",
        "QH-0048213",
        "23 November 2026",
        "Cardiology letter, page 1",
        "“Allergies: sulfa (hives)”",
        "Allergies: penicillin (hives)",
        "within 60 days of receiving it (45 CFR 164.526(b)(2))",
        "A copy of each page named on the sheets",
        "Page 1 of 4",
        "Page 4 of 4",
    ):
        assert words in said


def test_the_same_letter_is_the_same_bytes() -> None:
    """Nothing but the letter goes into the file: no clock, no chance."""
    first = render_correction(LETTER)
    assert render_correction(LETTER) == first
    assert render_correction(replace(LETTER, on=dt.date(2026, 11, 24))).pdf != first.pdf


def test_the_pdf_is_tagged_dated_by_the_letter_and_carries_its_fonts() -> None:
    """PDF/UA-1 is claimed, the title set, every font embedded."""
    reader = PdfReader(io.BytesIO(render_correction(LETTER).pdf))
    root = reader.root_object
    marks, about = root["/MarkInfo"].get_object(), root["/Metadata"].get_object()
    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"] == BooleanObject(True)
    assert "/StructTreeRoot" in root
    assert isinstance(about, StreamObject)
    assert b"pdfuaid:part" in about.get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Request to amend my health record"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20261123")
    assert fonts(reader)
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts(reader))


def test_pages_are_counted_right_however_many_there_are() -> None:
    """The count agrees with a PDF reader's."""
    for count in (1, 5, 12):
        made = render_correction(with_items(*(SULFA,) * count))
        assert made.pages == len(PdfReader(io.BytesIO(made.pdf)).pages)


@pytest.mark.parametrize(("place", "size"), [("us", (612, 792)), ("uk", (595.28, 841.89))])
def test_paper_is_that_of_the_place(place: str, size: tuple[float, float]) -> None:
    """Sizes in points, as a PDF reader sees them."""
    letter = case(K.AMENDMENT_REQUEST, place)
    page = PdfReader(io.BytesIO(render_correction(letter).pdf)).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == pytest.approx(size, abs=0.1)


@pytest.mark.parametrize("name", [POLISH, GREEK, CYRILLIC, HEBREW, "Nguyễn Thị", "Արամ"])
def test_a_name_in_this_script_is_really_printed(name: str) -> None:
    """The name can be read back, and no glyph is the missing one."""
    made = render_correction(named(name))
    said = text_of(made.pdf)
    assert all(unicodedata.normalize("NFKC", word) in said for word in name.split())
    assert 0 not in glyphs(made.pdf)


@pytest.mark.parametrize("name", [ARABIC, HINDI])
def test_a_name_in_joined_letters_is_printed_with_real_glyphs(name: str) -> None:
    """Shaped scripts come back in glyph order, so letters are looked for, not the word."""
    made = render_correction(named(name))
    said = text_of(made.pdf)
    base = {c for c in name if unicodedata.category(c) == "Lo"}
    assert sum(c in said for c in base) >= len(base) - 1
    assert 0 not in glyphs(made.pdf)


def attempt(letter: Content) -> Typeset | MissingGlyphs:
    """The letter, or why it cannot be made."""
    try:
        return render_correction(letter)
    except MissingGlyphs as refusal:
        return refusal


@pytest.mark.parametrize("name", [CHINESE, "สมชาย", EMOJI])
def test_a_name_is_printed_for_real_or_refused_by_its_code_points(name: str) -> None:
    """Which of the two depends on the fonts of the machine; a box is never the answer."""
    made = attempt(named(name))
    if isinstance(made, MissingGlyphs):
        assert set(made.characters) <= set(name)
        assert f"U+{ord(made.characters[0]):04X}" in made.sentence
        assert name not in made.sentence + made.hint
        assert "Noto" in made.hint
        assert made.exit_code is Exit.MISSING_TOOL
    else:
        assert 0 not in glyphs(made.pdf)
        assert name[0] in text_of(made.pdf)


@pytest.mark.parametrize("character", [PRIVATE, "\uf8ff", "\U000f0000", "\u0378", "\ufffe"])
def test_a_character_without_a_known_face_is_refused(character: str) -> None:
    """Private and unassigned characters are refused even where a font draws something."""
    with pytest.raises(MissingGlyphs) as caught:
        render_correction(named(f"Ada {character}"))
    assert caught.value.characters == character
    assert f"U+{ord(character):04X}" in caught.value.sentence


@pytest.mark.parametrize("name", [HEBREW, ARABIC])
def test_a_right_to_left_name_leaves_the_words_around_it_in_order(name: str) -> None:
    """In the drawn order of the line, item number, name and page keep their places."""
    record = f"{name} 12"
    pdf = render_correction(with_items(replace(SULFA, record=record, entry_date=""))).pdf
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    boxes = [text.get_charbox(i) for i in range(text.count_chars())]
    drawn = [text.get_text_range(i, 1) for i in range(text.count_chars())]
    document.close()
    first = drawn.index(name[0], "".join(drawn).index("164.526."))
    line = sorted(
        (box[0], sign)
        for box, sign in zip(boxes, drawn, strict=True)
        if abs(box[1] - boxes[first][1]) < 7 and sign.isalnum()
    )
    shown = "".join(sign for _, sign in line)
    assert shown.startswith("Item112")
    assert shown.endswith("page1Whatiswrittenthereiswrong")
    assert name[0] in shown


def test_record_text_is_never_markup() -> None:
    """Every sign with a meaning in the template language is printed as itself."""
    hostile = '#panic("x") *bold* $x^2$ @ref <p> [a] // b /* c */ `raw` \\ #read("/etc/passwd")'
    said = text_of(render_correction(with_items(replace(SULFA, quote=hostile))).pdf)
    assert " ".join(hostile.split()).replace("`", "")[:40] in said.replace("`", "")
    assert "root:" not in said


def test_each_item_begins_on_a_sheet_of_its_own_and_stays_there() -> None:
    """Heading, excerpt caption and remedy of each are found on one page, one page for each."""
    many = tuple(replace(SULFA, should_say=f"remedy {i}.") for i in range(1, 10))
    pages = [p.extract_text() for p in PdfReader(pdf_of(with_items(*many))).pages]
    for i in range(1, 10):
        (home,) = [n for n, said in enumerate(pages) if f"remedy {i}." in said]
        assert pages[home].startswith(f"Item {i}\n")
        assert "The entry is framed." in pages[home]
        assert pages[home].count("remedy") == 1


def test_what_is_signed_stays_on_one_page_before_the_sheets() -> None:
    """Three items and two to be told, under HIPAA: one page to sign, and a sheet each."""
    pages = [p.extract_text() for p in PdfReader(pdf_of(LETTER)).pages]
    assert len(pages) == 4
    assert "Sincerely," in pages[0]


def test_a_quote_of_several_pages_flows_on_and_loses_nothing() -> None:
    """The first and last word are both there."""
    quote = " ".join(f"word{i}" for i in range(2000))
    made = render_correction(with_items(replace(SULFA, quote=quote)))
    assert made.pages > 3
    assert "word0 " in text_of(made.pdf)
    assert "word1999" in text_of(made.pdf)


def test_a_tall_excerpt_does_not_run_off_the_page() -> None:
    """Pictures end above the foot of their page."""
    tall = replace(SULFA, excerpt=excerpt(200, 900))
    made = render_correction(with_items(tall, tall))
    document = pypdfium2.PdfDocument(made.pdf)
    bottoms = [o.get_bounds()[1] for page in document for o in page.get_objects([3])]
    document.close()
    assert len(bottoms) == 2
    assert min(bottoms) > 57


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_typeset_or_refused_with_a_sentence(text: str) -> None:
    """There is no third way, whatever the text."""
    item = replace(SULFA, quote=text, should_say=text, why=text, record=text, excerpt=None)
    made = attempt(replace(with_items(item), tell=(replace(FAMILY, name=text),)))
    if isinstance(made, MissingGlyphs):
        assert set(made.characters) & set(unicodedata.normalize("NFC", text))
    else:
        assert made.pdf.startswith(b"%PDF-")


def test_a_fault_of_the_template_is_told_without_the_letter() -> None:
    """The typesetter's own message quotes the data, so it is not passed on."""
    with pytest.raises(NotTypeset) as caught:
        render.typeset("asking", {"title": "secret"}, dt.date(2026, 1, 1), POOL)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
