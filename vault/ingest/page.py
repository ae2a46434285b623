"""A page from file to words: its own text where that is good, else read as a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vault.ingest import bars, ink, kinds, layer, orient, prepare, tone
from vault.ingest.borders import without_borders
from vault.ingest.layer import Use
from vault.ingest.ocr.choose import Engines
from vault.ingest.sheet import Document, Layer, Sheet, Unreadable
from vault.ingest.stamps import without_stamps
from vault.model.reading import PageKind, PageResult, Reading, ReadOptions, Source

_NO_INK = 0.00005  # of the page: a few specks of dust
_LITTLE_INK = 0.0005
_MUCH_INK = 0.01
_FEW_WORDS = 10
_UNRELIABLE = 45  # below it, words are as likely invented as read
_LOOK_BELOW = 75
# Measured on 150 pages: of pages with a tenth of the words wrong or more, 6 % and more of the text
# is read with a confidence under 60, of pages with hardly any wrong at most 6.6 %.
_LOW = 60
_LOW_WEIGHS = 150
_FAT_WEIGHS = 6  # letters that have run together are misread surely, too
_NO_WORDS = 0.15  # of the ink: logos, signatures and stains are no words on any page
_MISSED_WEIGHS = 150
_LAYER_ENGINE = "text layer (pdfium)"

NOTHING_READ = "there is something on this page, but no words could be read"
NOT_RELIABLE = "it could not be read reliably"
UNSURE = "the words are not read with certainty"
PARTS = "parts of the page were not read as words"
FEW = "very few words were read for so much ink"
CUT_OFF = "the file ends too early; part of the page is missing"


@dataclass(frozen=True, slots=True)
class Found:
    """What reading the picture of a page came to."""

    kind: PageKind
    reading: Reading | None
    trust: int
    why: str = ""
    look: bool = False


def read(document: Document, number: int, options: ReadOptions, engines: Engines) -> PageResult:
    """Read a page; raises Unreadable where neither its text nor its picture can be used."""
    own = document.layer(number)
    how = layer.use(own) if own is not None else None
    # A person may say that the page lies otherwise than its layer has it.
    otherwise = own is not None and options.turn not in (None, own.turn)
    text = _from_layer(own) if own is not None else None
    if text is not None and how is Use.ALONE and not otherwise:
        return _result(document, number, Found(PageKind.CONTENT, text, 100), (text,))
    try:
        found = _of_kind(_from_picture(document, number, options, engines), document, number)
    except Unreadable as problem:
        if text is None or how is Use.LAST:
            raise
        found = Found(PageKind.CONTENT, None, 50, problem.clause, look=True)
    if text is None:
        return _result(document, number, found, (found.reading,))
    last = how is Use.LAST or (otherwise and found.reading is not None)
    return _result(document, number, *_both(text, found, last=last))


def _bare(sheet: Sheet) -> Sheet:
    """The page as dark print on bright paper, with nothing dark around it."""
    plain = tone.plain(without_stamps(sheet.image), bilevel=sheet.bilevel)
    return replace(sheet, image=without_borders(plain))


def _both(text: Reading, found: Found, *, last: bool) -> tuple[Found, tuple[Reading, ...]]:
    """The readings of a page with a text layer, best first, and what is to be said of them."""
    ocr = found.reading
    if ocr is None:
        if last:
            return found, ()
        # Nothing could be read from the picture, so nothing can be said against the layer.
        return Found(PageKind.CONTENT, text, max(found.trust, 60), found.why, found.look), (text,)
    if last or layer.ocr_first(text.words, ocr.words, ocr.confidence):
        return found, (ocr, text)
    return Found(PageKind.CONTENT, text, 100), (text, ocr)


def _from_layer(own: Layer) -> Reading:
    return Reading(Source.TEXT, own.words, 100, _LAYER_ENGINE, turn=own.turn)


def _from_picture(document: Document, number: int, options: ReadOptions, engines: Engines) -> Found:
    sheet = _bare(document.sheet(number, colour=None))
    cut_off = sheet.cut_off
    if ink.is_bare(sheet.image, _NO_INK):
        look, why = cut_off, CUT_OFF if cut_off else ""
        return Found(PageKind.BLANK, None, 0 if look else 100, why, look)
    engine = engines.get(options.engine, options.language)
    image = prepare.clean(sheet)
    del sheet  # its picture is large: no more of them are held than the engine's work needs
    scan = orient.read(image, engine, options.language, options.turn)
    much = ink.share(scan.inked)
    if not scan.words:
        if much < _LITTLE_INK:
            return Found(PageKind.BLANK, None, 90)
        return Found(PageKind.CONTENT, None, 0, NOTHING_READ, look=True)
    if scan.confidence < _UNRELIABLE:
        if much < _LITTLE_INK:
            return Found(PageKind.BLANK, None, 70)
        return Found(PageKind.CONTENT, None, scan.confidence, NOT_RELIABLE, look=True)
    reading = Reading(
        Source.OCR,
        scan.placed,
        scan.confidence,
        engine.name,
        options.language,
        scan.turn,
        scan.skew,
    )
    trust, why = _trust(scan, much, scan.missed)
    if cut_off:
        trust, why = min(trust, 50), CUT_OFF
    return Found(PageKind.CONTENT, reading, trust, why, look=trust < _LOOK_BELOW)


def _of_kind(found: Found, document: Document, number: int) -> Found:
    """A page of nothing but a bar code as the sheet between documents that it is."""
    few = found.reading is None or len(found.reading.words) <= bars.FEW_WORDS
    # Bars are taken for the rules of a table, so that such a page seems blank.
    empty = found.kind is PageKind.BLANK and found.trust == 100
    if not few or empty:
        return found
    # Drawn anew: such pages are few, and the picture is not held while a page is read.
    if not bars.alone(_bare(document.sheet(number)).image):
        return found
    if found.kind is PageKind.BLANK:
        found = Found(PageKind.CONTENT, None, 0, NOTHING_READ, look=True)
    return replace(found, kind=PageKind.SEPARATOR)


def _trust(scan: orient.Scan, much: float, missed: float) -> tuple[int, str]:
    """How far to trust a reading, 0 to 100, and the chief reason where that is not far.

    Confidence alone cannot tell: lines that were not found at all lower it by nothing.
    """
    unsure = 100 - scan.confidence + round(scan.share_below(_LOW) * _LOW_WEIGHS)
    unsure += _FAT_WEIGHS if scan.fat else 0
    parts = round(max(0.0, missed - _NO_WORDS) * _MISSED_WEIGHS)
    few = 40 if much >= _MUCH_INK and len(scan.words) < _FEW_WORDS else 0
    trust = max(0, 100 - unsure - parts - few)
    if trust >= _LOOK_BELOW:
        return trust, ""
    worst = max(unsure, parts, few)
    return trust, FEW if worst == few else PARTS if worst == parts else UNSURE


def _result(
    document: Document, number: int, found: Found, readings: tuple[Reading | None, ...]
) -> PageResult:
    kept = tuple(reading for reading in readings if reading is not None)
    kind = found.kind
    if kept and kind is PageKind.CONTENT:
        kind = kinds.kind_of(kept[0].words, whole=not found.look)
    width, height = document.size(number)
    if kept:
        if kept[0].turn % 180:
            width, height = height, width
        width, height = prepare.straight_size(width, height, kept[0].skew)
    return PageResult(
        number,
        kind,
        kept,
        round(width, 2),
        round(height, 2),
        found.trust,
        found.look,
        found.why,
    )
