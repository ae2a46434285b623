"""Filling in a provider's form for a request, and looking at what came of it."""

from __future__ import annotations

from vault import dates, ids
from vault.actions import forms as form_actions
from vault.actions import passwords
from vault.actions.session import Session
from vault.errors import NotFound, UnusableForm
from vault.forms.plan import plan
from vault.forms.values import Asker, Recipient, Subject
from vault.letters.attached import Sheet
from vault.letters.overlay import typeset_overlay
from vault.model.forms import FieldKind, Filled, Form
from vault.model.formwords import NOTHING, WANTS, Slot
from vault.model.letters import Letter
from vault.model.reading import InMemory, Picture, View
from vault.model.record_types import RecordType
from vault.store import forms, letters, lookup, people, providers, requests, settings
from vault.store.database import Db

_CHECK_WIDTH = 1000
_CHECK_PAGES = 12


def subject(s: Session, request: str) -> Subject:
    """All that a form can be filled in from, for one request."""
    db = s.vault.read()
    held = requests.get(db, lookup.resolve(db, "request", request))
    return Subject(
        person=people.get(db, held.person),
        provider=providers.get(db, held.provider),
        request=held,
        asker=_asker(db, held.id),
        other=_other(db, held.id),
    )


def _asker(db: Db, request: str) -> Asker | None:
    found = forms.asker(db, request)
    return Asker(*found) if found else None


def _other(db: Db, request: str) -> Recipient | None:
    lines = forms.third_party(db, request)
    return Recipient(lines[0], lines[1:]) if lines else None


def fill(s: Session, request: str, form: str) -> Letter:
    """Fill in a form for a request and keep the PDF with the request's letters.

    The same form, mapping and request give the same bytes. Raises UnusableForm, DoesNotFit,
    TooLong, NotOffered (each names the field) and MissingGlyphs (which names code points).
    """
    held = form_actions.get(s, form)
    about = subject(s, request)
    return keep(s, held, about.request.id, pressed(s, held, about))


def pressed(s: Session, held: Form, about: Subject, sheet: Sheet | None = None) -> Filled:
    """A form filled in, with an attached sheet behind it, and not kept; raises as `fill` does."""
    db = s.vault.read()
    filling = plan(held.shape, held.mapping, about)
    overlay = typeset_overlay(held.title, held.shape.pages, filling.ink, s.pool, sheet)
    data, password = forms.data(db, held.id), passwords.of(db, held.id)
    filled = s.pool.fill_form(data, overlay, filling, password).result()
    if filled.problem:
        raise UnusableForm(held.title, filled.problem)
    return filled


def keep(s: Session, held: Form, about: str, filled: Filled) -> Letter:
    """Keep a filled form among the letters of the request or correction it is about (an id)."""
    made = Letter(
        id=ids.new("letter"),
        subject=about,
        kind=forms.LETTER_KIND,
        made_at=dates.now(),
        pages=filled.pages,
        pdf=filled.pdf,
    )
    with s.vault.write("form.filled", about, form=held.id, pages=made.pages) as writing:
        letters.add(writing, made)
    return made


def left_empty(form: Form) -> tuple[str, ...]:
    """The names of the fields that nothing is mapped to, as a person reads them."""
    mapped = form.mapping.fields
    return tuple(
        field.label or field.name
        for field in form.shape.fields
        if field.fillable
        and field.kind is not FieldKind.RADIO
        and field.name not in mapped
        and not field.value
    )


def without_a_box(form: Form, about: Subject) -> tuple[str, ...]:
    """The kinds of records asked for that the form has boxes for others of, but none for these.

    Empty where the form takes the records in words.
    """
    mapped = set(form.mapping.fields.values()) | {p.value for p in form.mapping.placed}
    boxes = mapped & WANTS.keys()
    if not boxes or Slot.RECORDS in mapped or RecordType.ALL in about.request.what:
        return ()
    lacking = (kind for kind in about.request.what if f"wants_{kind.value}" not in boxes)
    return tuple(kind.value.replace("_", " ") for kind in lacking)


def left_for_the_pen(form: Form) -> tuple[str, ...]:
    """The names of the fields that are left alone on purpose: signatures, and those set to none."""
    mapped = form.mapping.fields
    return tuple(
        field.label or field.name
        for field in form.shape.fields
        if field.kind is FieldKind.SIGNATURE
        or (mapped.get(field.name) == NOTHING and not field.value)
    )


def check_page(s: Session, made: Letter, view: View) -> Picture:
    """Draw a page of a filled form, as whoever opens it will see it."""
    return s.pool.draw(InMemory(made.pdf), "pdf", view).result()


def check_picture(s: Session, made: Letter) -> Picture:
    """The pages of a filled form one below the other, at most 12, in colour."""
    views = (
        View(page, _CHECK_WIDTH, 3 * _CHECK_WIDTH, colour=True)
        for page in range(1, min(made.pages, _CHECK_PAGES) + 1)
    )
    pages = [check_page(s, made, view) for view in views]
    width = max(page.width for page in pages)
    return Picture(
        width,
        sum(page.height for page in pages),
        b"".join(_widened(page, width) for page in pages),
        colour=True,
    )


def _widened(page: Picture, width: int) -> bytes:
    """The pixels of a page on white of so many pixels across."""
    if page.width == width:
        return page.pixels
    row, blank = page.width * 3, b"\xff" * ((width - page.width) * 3)
    starts = range(0, row * page.height, row)
    return b"".join(page.pixels[at : at + row] + blank for at in starts)


def checked(s: Session, letter: str) -> None:
    """Note that a person has seen the check page of a filled form; raises NotFound."""
    with s.vault.write("form.checked", letter) as db:
        if not forms.is_filled(db, letter):
            raise NotFound("there is no such filled form", "chartmend request form makes one")
        settings.set_setting(db, _name(letter), dates.today().isoformat())


def is_checked(s: Session, letter: str) -> bool:
    """Whether a person has seen the check page of a filled form."""
    return settings.setting(s.vault.read(), _name(letter)) is not None


def _name(letter: str) -> str:
    return f"form_checked:{letter}"
