"""What the vault and its workers say to each other: jobs and answers as checked JSON and bytes."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from vault.errors import WorkerFailed
from vault.model.forms import Filling
from vault.model.letters import Typeset
from vault.model.media import MEDIA
from vault.model.reading import (
    PageKind,
    PageResult,
    Picture,
    Probe,
    ReadOptions,
    View,
)
from vault.model.words import Box
from vault.workers import checks, limits
from vault.workers.checks import Json
from vault.workers.forms import decode_filling, encode_filling
from vault.workers.readings import decode_reading, encode_reading


@dataclass(frozen=True, slots=True)
class Document:
    """The file a job is about: `token` tells one file from the last, `size` is in bytes."""

    token: int
    size: int
    media: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class ProbeJob:
    """Find out what a file is."""

    document: Document


@dataclass(frozen=True, slots=True)
class PageJob:
    """Read one page, counted from 1."""

    document: Document
    page: int
    options: ReadOptions


@dataclass(frozen=True, slots=True)
class DrawJob:
    """Draw a part of a page."""

    document: Document
    view: View


@dataclass(frozen=True, slots=True)
class MembersJob:
    """List what is in a ZIP, from member `start` on."""

    document: Document
    start: int


@dataclass(frozen=True, slots=True)
class PieceJob:
    """Unpack a part of a ZIP's member, by its index and from an offset in bytes."""

    document: Document
    index: int
    offset: int


@dataclass(frozen=True, slots=True)
class TypesetJob:
    """Typeset a letter: the document's first `template` bytes are the template, the rest data."""

    document: Document
    name: str
    template: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class FormJob:
    """Look into a PDF form."""

    document: Document


@dataclass(frozen=True, slots=True)
class FillJob:
    """Fill in a form: the document's first `form` bytes are the form, the rest its overlay."""

    document: Document
    form: int
    filling: Filling


Job = ProbeJob | PageJob | DrawJob | MembersJob | PieceJob | TypesetJob | FormJob | FillJob

FOLLOWED = frozenset({"picture", "piece", "typeset", "filled"})
"""The answers that a frame of bytes follows."""


# Jobs, written by the vault and read by a worker.


def encode_job(job: Job) -> Json:
    """A job as a message."""
    about = job.document
    message: Json = {
        "token": about.token,
        "size": about.size,
        "media": about.media,
        "password": about.password,
    }
    if isinstance(job, ProbeJob | FormJob | FillJob):
        return message | _opening(job)
    if isinstance(job, PageJob):
        how: Json = {"language": job.options.language, "engine": job.options.engine}
        return message | {"do": "page", "page": job.page, "turn": job.options.turn} | how
    if isinstance(job, MembersJob):
        return message | {"do": "members", "start": job.start}
    if isinstance(job, PieceJob):
        return message | {"do": "piece", "index": job.index, "offset": job.offset}
    if isinstance(job, TypesetJob):
        what = {"name": job.name, "template": job.template, "on": job.on.isoformat()}
        return message | {"do": "typeset"} | what
    view = job.view
    return message | {
        "do": "draw",
        "page": view.page,
        "width": view.width,
        "height": view.height,
        "crop": _sides(view.crop),
        "marks": [_sides(box) for box in view.marks[: limits.MARKS]],
        "turn": view.turn,
        "skew": view.skew,
        "colour": view.colour,
        "stretch": view.stretch,
        "masks": [_outward(box) for box in view.masks],
        "stamp": view.stamp,
    }


def _opening(job: ProbeJob | FormJob | FillJob) -> Json:
    if isinstance(job, FillJob):
        return {"do": "fill", "form": job.form, "filling": encode_filling(job.filling)}
    return {"do": "probe" if isinstance(job, ProbeJob) else "form"}


def decode_job(message: Json) -> Job:
    """The job in a message."""
    password = str(message.get("password", ""))
    about = Document(
        checks.whole(message.get("token"), 0, 2**62),
        checks.whole(message.get("size"), 0, 2**62),
        str(message.get("media")),
        password,
    )
    do = message.get("do")
    if do in {"probe", "form", "fill"}:
        return _decode_opening(about, message)
    if do == "members":
        return MembersJob(about, checks.whole(message.get("start"), 0, 2**62))
    if do == "piece":
        index = checks.whole(message.get("index"), 0, 2**62)
        return PieceJob(about, index, checks.whole(message.get("offset"), 0, 2**62))
    if do == "typeset":
        template = checks.whole(message.get("template"), 0, about.size)
        on = dt.date.fromisoformat(str(message["on"]))
        return TypesetJob(about, str(message["name"]), template, on)
    page = checks.whole(message.get("page"), 1, limits.PAGES)
    if do == "page":
        turn = message.get("turn")
        up = None if turn is None else checks.whole(turn, 0, 270)
        options = ReadOptions(str(message["language"]), str(message["engine"]), password, up)
        return PageJob(about, page, options)
    view = View(
        page,
        checks.whole(message.get("width"), 1, limits.PICTURE_SIDE),
        checks.whole(message.get("height"), 1, limits.PICTURE_SIDE),
        _box(message.get("crop")),
        tuple(_box(sides) for sides in checks.items(message.get("marks"), limits.MARKS)),
        checks.whole(message.get("turn"), 0, 270),
        checks.real(message.get("skew"), -45, 45),
        checks.flag(message.get("colour")),
        checks.flag(message.get("stretch")),
        tuple(_box(sides) for sides in checks.items(message.get("masks"), limits.MARKS)),
        checks.text(message.get("stamp"), limits.STAMP_CHARS),
    )
    return DrawJob(about, view)


def _decode_opening(about: Document, message: Json) -> ProbeJob | FormJob | FillJob:
    if message["do"] == "fill":
        form = checks.whole(message.get("form"), 0, about.size)
        return FillJob(about, form, decode_filling(message.get("filling")))
    return ProbeJob(about) if message["do"] == "probe" else FormJob(about)


# Answers, written by a worker and never trusted.


def _sides(box: Box) -> list[float]:
    return [round(side, 5) for side in (box.left, box.top, box.right, box.bottom)]


def _outward(box: Box) -> list[float]:
    """A box that hides: rounded, it is never the smaller for it."""
    near = [math.floor(side * 1e5) / 1e5 for side in (box.left, box.top)]
    far = [math.ceil(side * 1e5) / 1e5 for side in (box.right, box.bottom)]
    return [*near, *(min(side, 1.0) for side in far)]


def _box(value: object) -> Box:
    sides = [checks.real(side, 0, 1) for side in checks.items(value, 4)]
    try:
        return Box(*sides)
    except (TypeError, ValueError) as error:
        raise WorkerFailed("it sent a box outside the page") from error


def encode_probe(probe: Probe) -> Json:
    """What a file is, as a message."""
    return {
        "media": probe.media,
        "pages": probe.pages,
        "encrypted": probe.encrypted,
        "problem": probe.problem,
        "note": probe.note,
    }


def decode_probe(value: object, asked: str) -> Probe:
    """The checked answer to a probe of a file of medium `asked`; raises WorkerFailed."""
    message = checks.an_object(value)
    media = checks.text(message.get("media"))
    if media != asked or media not in MEDIA:
        raise WorkerFailed("it answered for another kind of file")
    return Probe(
        media,
        checks.whole(message.get("pages"), 0, limits.PAGES),
        checks.flag(message.get("encrypted")),
        checks.text(message.get("problem")),
        checks.text(message.get("note")),
    )


def encode_page(result: PageResult) -> Json:
    """What was found on a page, as a message."""
    return {
        "page": result.page,
        "kind": result.kind.value,
        "readings": [encode_reading(reading) for reading in result.readings],
        "width": result.width,
        "height": result.height,
        "trust": result.trust,
        "look": result.look,
        "why": result.why,
        "read": result.read,
    }


def decode_page(value: object, asked: int) -> PageResult:
    """The checked answer to reading page `asked`; raises WorkerFailed for a wrong one."""
    message = checks.an_object(value)
    read = checks.flag(message.get("read"))
    readings = tuple(decode_reading(item) for item in checks.items(message.get("readings"), 2))
    if readings and not read:
        raise WorkerFailed("it sent words of a page it did not read")
    return PageResult(
        checks.whole(message.get("page"), asked, asked),
        checks.one_of(PageKind, message.get("kind")),
        readings,
        checks.real(message.get("width"), 0, 1e6),
        checks.real(message.get("height"), 0, 1e6),
        checks.whole(message.get("trust"), 0, 100),
        checks.flag(message.get("look")),
        checks.text(message.get("why")),
        read,
    )


def encode_picture(picture: Picture) -> Json:
    """The size of a picture, as a message; its pixels follow in a frame of bytes."""
    return {"width": picture.width, "height": picture.height, "colour": picture.colour}


def decode_picture(value: object, pixels: bytes, view: View) -> Picture:
    """The checked answer to drawing `view`; raises WorkerFailed for a wrong one."""
    message = checks.an_object(value)
    exact = view.stretch
    width = checks.whole(message.get("width"), view.width if exact else 1, view.width)
    height = checks.whole(message.get("height"), view.height if exact else 1, view.height)
    if checks.flag(message.get("colour")) is not view.colour:
        raise WorkerFailed("it sent a picture in other colours than asked for")
    try:
        return Picture(width, height, pixels, view.colour)
    except ValueError as error:
        raise WorkerFailed("it sent a picture of the wrong size") from error


def encode_typeset(made: Typeset) -> Json:
    """The length of a letter, or what could not be printed; the PDF follows in a frame of bytes."""
    unfit = list(made.unfit[: limits.MISSING])
    return {"pages": made.pages, "missing": list(made.missing[: limits.MISSING]), "unfit": unfit}


def decode_typeset(value: object, pdf: bytes) -> Typeset:
    """The checked answer to typesetting a letter; raises WorkerFailed for a wrong one."""
    message = checks.an_object(value)
    found = checks.items(message.get("missing"), limits.MISSING)
    missing = tuple(checks.whole(point, 0, sys.maxunicode) for point in found)
    pages = checks.whole(message.get("pages"), 0, limits.PAGES)
    if bool(pdf) is not bool(pages) or (pdf and (missing or not pdf.startswith(b"%PDF-"))):
        raise WorkerFailed("it sent a letter that is none")
    over = checks.items(message.get("unfit"), limits.MISSING)
    return Typeset(pdf, pages, missing, tuple(checks.whole(item, 0, 2**31) for item in over))


def needed(value: object, size: int) -> tuple[int, int]:
    """The range (offset, length) a worker asks for of a file of `size` bytes, checked."""
    parts: Sequence[object] = checks.items(value, 2)
    if len(parts) != 2:
        raise WorkerFailed("it asked for no range")
    offset = checks.whole(parts[0], 0, size)
    return offset, checks.whole(parts[1], 1, limits.BLOCK_BYTES)
