"""What a PDF form is made of, and whether it can be filled in at all."""

from __future__ import annotations

import io

from pikepdf import Array, Dictionary, Pdf

from vault.ingest.forms.fields import Widget, fields, widgets
from vault.ingest.forms.source import ERRORS, entry, inherited, open_pdf, page_frame, text
from vault.ingest.sheet import Unreadable
from vault.model.forms import FIELDS, PAGES, FieldKind, FormPage, FormShape

_XFA = "it is made for Adobe's XFA forms, which only Adobe Reader shows"
_COUNTS = "it works out some of its fields by itself, which is not done here"
_SCRIPT = "a script inside it changes its fields, which is not run here"
_SIGNED = "it has been signed already, and filling it in would break the signature"
_MANY = f"it has more than {FIELDS} fields"
_LONG = f"it has more than {PAGES} pages"
UNLOCKED = "The form was locked against changes; the filled one is not."
NO_XFA = "Its second, Adobe-only version (XFA) is left away in the filled one."
FORMATS = "Scripts that check what is typed are not run: look at dates and numbers yourself."


def inspect(file: io.BufferedReader, password: str) -> FormShape:
    """What a form is made of; what keeps it from being filled in is a clause in the answer."""
    try:
        pdf = open_pdf(file, password)
    except Unreadable as problem:
        return FormShape(problem=problem.clause, encrypted=problem.encrypted)
    with pdf:
        try:
            return _shape(pdf)
        except ERRORS:
            return FormShape(problem="its form is damaged and cannot be read")


def _shape(pdf: Pdf) -> FormShape:
    if not len(pdf.pages):
        return FormShape(problem="it has no pages")
    if len(pdf.pages) > PAGES:
        return FormShape(problem=_LONG)
    form = entry(pdf.Root, "/AcroForm")
    found = list(widgets(pdf))
    problem = _MANY if len(found) > FIELDS else _problem(pdf, form, found)
    if problem:
        return FormShape(problem=problem, encrypted=pdf.is_encrypted)
    redraw = entry(form, "/NeedAppearances") is True
    sizes = (page_frame(page).size() for page in pdf.pages)
    return FormShape(
        pages=tuple(FormPage(width, height) for width, height in sizes),
        fields=fields(found, entry(form, "/DA"), redraw=redraw),
        encrypted=pdf.is_encrypted,
        notes=_notes(pdf, form, found),
    )


def _problem(pdf: Pdf, form: object, found: list[Widget]) -> str:
    """Why a form is not filled in, empty where it can be."""
    usable = any(w.kind is not None for w in found)
    if entry(form, "/XFA") is not None and (
        not usable or entry(pdf.Root, "/NeedsRendering") is True
    ):
        return _XFA
    order = entry(form, "/CO")
    ordered = isinstance(order, Array) and len(order) > 0
    if ordered or any(_action(w, "/C") for w in found):
        return _COUNTS
    if _scripted(pdf):
        return _SCRIPT
    signed = (w.kind is FieldKind.SIGNATURE and inherited(w.obj, "/V") is not None for w in found)
    return _SIGNED if any(signed) else ""


def _action(widget: Widget, name: str) -> bool:
    return entry(inherited(widget.obj, "/AA"), name) is not None


def _scripted(pdf: Pdf) -> bool:
    """Whether the document itself holds scripts, which may change any field."""
    named = entry(pdf.Root, "/Names", "/JavaScript")
    held = entry(named, "/Names"), entry(named, "/Kids")
    if any(isinstance(part, Array) and len(part) for part in held):
        return True
    first = entry(pdf.Root, "/OpenAction")
    return isinstance(first, Dictionary) and text(entry(first, "/S")) == "/JavaScript"


def _notes(pdf: Pdf, form: object, found: list[Widget]) -> tuple[str, ...]:
    notes = []
    if pdf.is_encrypted:
        notes.append(UNLOCKED)
    if entry(form, "/XFA") is not None:
        notes.append(NO_XFA)
    if any(_action(w, key) for w in found for key in ("/K", "/F", "/V")):
        notes.append(FORMATS)
    return tuple(notes)
