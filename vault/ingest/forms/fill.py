"""A form filled in: its own marks set, all of it made part of the pages, text laid over them."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from vault.ingest.forms.fields import Widget, border, comb_cells, is_widget, widgets
from vault.ingest.forms.geometry import Matrix, Rect, onto
from vault.ingest.forms.source import ERRORS, entry, inherited, matrix, open_pdf, page_frame, rect
from vault.ingest.sheet import Unreadable
from vault.model.forms import FieldKind, Filled, Filling

_TAGGING = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
_OF_TAGS = ("/StructParents", "/Tabs")
_PAINT = {1: "g", 3: "rg", 4: "k"}
_ACTIONS = ("/OpenAction", "/AA", "/AcroForm", "/NeedsRendering", "/Perms")


def fill(form: bytes, overlay: bytes, filling: Filling, password: str) -> Filled:
    """Fill in a form; `overlay` is a PDF with a page for each page that gets ink, in order.

    Whatever pages it has beyond those are put behind the form.

    The same input gives the same bytes. Nothing in the answer can be changed by typing; it is
    not locked, and its scripts are gone. Raises Unreadable where the form cannot be opened.
    """
    with open_pdf(io.BytesIO(form), password) as pdf:
        try:
            _flatten(pdf, filling)
            _lay_over(pdf, overlay, filling)
            _tidy(pdf)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, min_version="1.7")  # as the overlay is
        except ERRORS:
            raise Unreadable("its form is damaged and cannot be filled in") from None
        return Filled(out.getvalue(), len(pdf.pages))


def _flatten(pdf: Pdf, filling: Filling) -> None:
    """Make what the widgets show part of their pages, and take them away."""
    drawn: dict[int, list[str]] = {}
    for widget in widgets(pdf):
        if widget.hidden:
            continue
        page = pdf.pages[widget.page - 1]
        drawn.setdefault(widget.page, []).append(_drawn(page, widget, filling))
    for number, page in enumerate(pdf.pages, 1):
        _close(page)
        if content := "\n".join(part for part in drawn.get(number, ()) if part):
            page.contents_add(f"\n{content}\n".encode("ascii"))
        annots = entry(page.obj, "/Annots")
        if isinstance(annots, Array):
            kept = [annot for annot in annots if not is_widget(annot)]
            page.obj["/Annots"] = Array(kept)


def _close(page: Page) -> None:
    """Give a page back the state it began with, whatever its content leaves open."""
    steps = pikepdf.parse_content_stream(page, "q Q")
    depth = 0
    for step in steps:
        depth = depth + 1 if str(step.operator) == "q" else max(depth - 1, 0)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\n" + b"Q " * (depth + 1) + b"\n")


def _drawn(page: Page, widget: Widget, filling: Filling) -> str:
    """What draws a widget on its page."""
    kind = widget.kind
    if kind in (FieldKind.BUTTON, FieldKind.SIGNATURE, None):
        return ""
    if widget.number in filling.covered:
        return _ground(widget)
    looks = widget.looks()
    if kind in (FieldKind.CHECKBOX, FieldKind.RADIO):
        state = widget.state()
        if widget.number in filling.on:
            state = widget.on_state()
        elif widget.number in filling.off:
            state = "/Off"
        look = looks.get(state)
    else:
        look = looks.get("") or next(iter(looks.values()), None)
    return _ground(widget) if look is None else _look(page, look, widget.rect)


def _look(page: Page, look: Stream, where: Rect) -> str:
    bbox = rect(entry(look, "/BBox"))
    placed = onto(where, bbox, matrix(entry(look, "/Matrix"))) if bbox else None
    if placed is None:
        return ""
    look["/Type"], look["/Subtype"] = Name.XObject, Name.Form
    return _put(page, look, placed)


def _put(page: Page, look: Object, placed: Matrix) -> str:
    name = page.add_resource(look, Name.XObject, Name(_free_name(page)))
    return f"q {_numbers(placed)} cm {name} Do Q"


def _free_name(page: Page) -> str:
    """A name that no look on the page has; not one by chance, so that the bytes are the same."""
    held = entry(inherited(page.obj, "/Resources"), "/XObject")
    names = held if isinstance(held, Dictionary) else Dictionary()
    count = len(names)
    while f"/Ink{count}" in names:
        count += 1
    return f"/Ink{count}"


def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in values)


def _ground(widget: Widget) -> str:
    """The ground and frame a widget has, without what stood in it."""
    ground, line, width = border(widget.obj)
    left, bottom, right, top = widget.rect
    parts = []
    if ground:
        box = _numbers((left, bottom, right - left, top - bottom))
        parts.append(f"{_numbers(ground)} {_PAINT[len(ground)]} {box} re f")
    if line and width:
        inner = (left + width / 2, bottom + width / 2, right - left - width, top - bottom - width)
        colour = f"{_numbers(line)} {_PAINT[len(line)].upper()}"
        parts.append(f"{colour} {_numbers((width,))} w {_numbers(inner)} re S")
        parts += _dividers(widget, bottom, top)
    return f"q {' '.join(parts)} Q" if parts else ""


def _dividers(widget: Widget, bottom: float, top: float) -> list[str]:
    """The lines between the cells of a comb, in a page that is not turned."""
    cells = 0 if widget.frame.turn else comb_cells(widget.obj)
    left, right = widget.rect[0], widget.rect[2]
    places = (left + (right - left) * i / cells for i in range(1, cells))
    return [f"{_numbers((x, bottom))} m {_numbers((x, top))} l S" for x in places]


def _lay_over(pdf: Pdf, overlay: bytes, filling: Filling) -> None:
    if not overlay:
        return
    pages = sorted({ink.page for ink in filling.ink})
    with pikepdf.open(io.BytesIO(overlay)) as printed:
        for sheet in printed.pages:
            _plain(printed, sheet)
        for number, sheet in zip(pages, printed.pages, strict=False):
            page = pdf.pages[number - 1]
            form = pdf.copy_foreign(sheet.as_form_xobject())
            placed = page_frame(page).upright(_turn(filling.turns, number))
            page.contents_add(f"\n{_put(page, form, placed)}\n".encode("ascii"))
        for sheet in list(printed.pages)[len(pages) :]:
            for tagged in _OF_TAGS:
                if tagged in sheet.obj:
                    del sheet.obj[tagged]
            pdf.pages.append(sheet)


def _turn(turns: Mapping[int, int], page: int) -> int:
    return turns.get(page, 0)


def _plain(printed: Pdf, sheet: Page) -> None:
    """Take the tags off a sheet's content: they would name parts of another document."""
    steps = pikepdf.parse_content_stream(sheet)
    kept = [step for step in steps if str(step.operator) not in _TAGGING]
    sheet.obj["/Contents"] = printed.make_stream(pikepdf.unparse_content_stream(kept))


def _tidy(pdf: Pdf) -> None:
    """Take away what would act on opening, or refer to fields that are no longer there."""
    for name in _ACTIONS:
        if name in pdf.Root:
            del pdf.Root[name]
    names = entry(pdf.Root, "/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        del names["/JavaScript"]
    for page in pdf.pages:
        if "/AA" in page.obj:
            del page.obj["/AA"]
