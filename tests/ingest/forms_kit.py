"""Filling in made forms without workers, and looking at what came of it."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

from tests.ingest.papers import pdf
from vault.forms.labels import labelled
from vault.forms.plan import plan
from vault.forms.suggest import suggest
from vault.forms.values import Subject
from vault.ingest.forms.fill import fill
from vault.ingest.forms.inspect import inspect
from vault.letters.overlay import typeset_overlay
from vault.letters.press import Press
from vault.model.forms import Filled, FormMapping, FormShape
from vault.model.people import Mrn, Person
from vault.model.providers import Provider
from vault.model.record_types import RecordType
from vault.model.requests import Request, RequestItem
from vault.model.words import Box, Word

PERSON = Person(
    "per_1",
    "Marian Żółkiewska",
    dt.date(1961, 3, 14),
    former_names=("Marian Voss",),
    mrns=(Mrn("prov_1", "44-0192"),),
    address=("12 Elm Street", "Apt 4", "Austin, TX 78701"),
    phone="512-555-0117",
    email="marian@example.org",
)
PROVIDER = Provider(
    "prov_1", "Quillon Heart Associates", jurisdiction="us-tx", phone="512-555-0100"
)
REQUEST = Request(
    "req_1",
    "per_1",
    "prov_1",
    tuple(
        RequestItem(f"item_{kind}", kind, dt.date(2024, 1, 1))
        for kind in (RecordType.LAB_RESULTS, RecordType.BILLING, RecordType.MEDICATIONS)
    ),
    "2026-01-02T00:00:00Z",
    format="electronic",
    deliver="portal",
)
SUBJECT = Subject(PERSON, PROVIDER, REQUEST)


def looked_into(data: bytes, password: str = "") -> tuple[FormShape, dict[int, tuple[Word, ...]]]:
    """A form's shape with its labels, and the words of its pages' own layers."""
    shape = inspect(io.BufferedReader(io.BytesIO(data)), password)
    if shape.problem:
        return shape, {}
    words = {}
    with pdf(data, password) as document:
        for number in range(1, len(shape.pages) + 1):
            layer = document.layer(number)
            words[number] = layer.words if layer else ()
    return replace(shape, fields=labelled(shape.fields, words)), words


def filled(
    data: bytes, mapping: FormMapping, subject: Subject = SUBJECT, password: str = ""
) -> Filled:
    """The form filled in."""
    shape, _ = looked_into(data, password)
    filling = plan(shape, mapping, subject)
    overlay = typeset_overlay("a form", shape.pages, filling.ink, Press())
    return fill(data, overlay, filling, password)


def as_suggested(data: bytes, subject: Subject = SUBJECT) -> Filled:
    """The form filled in as the program suggests."""
    shape, words = looked_into(data)
    return filled(data, FormMapping(suggest(shape.fields, words)), subject)


def said(data: bytes, page: int, box: Box, slack: float = 0.004) -> str:
    """What the text layer says inside a box of a page."""
    with pdf(data) as document:
        layer = document.layer(page)
    words = layer.words if layer else ()
    inside = [
        w.text
        for w in words
        if box.left - slack <= w.box.left
        and w.box.right <= box.right + slack
        and box.top - slack <= (w.box.top + w.box.bottom) / 2 <= box.bottom + slack
    ]
    return " ".join(inside)


def ink(data: bytes, page: int, box: Box) -> float:
    """The share (0 to 1) of black in the inner part of a box, as a page is drawn."""
    with pdf(data) as document:
        image = document.sheet(page, dpi=150).image
    left, top = box.left * image.width + 3, box.top * image.height + 3
    right, bottom = box.right * image.width - 3, box.bottom * image.height - 3
    part = image.crop((round(left), round(top), round(right), round(bottom)))
    values = part.tobytes()
    return sum(255 - v for v in values) / (255 * max(len(values), 1))
