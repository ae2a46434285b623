"""The marked excerpt of a page that a letter shows of an entry, drawn from the original."""

from __future__ import annotations

from vault.actions import records as record_actions
from vault.actions.session import Session
from vault.errors import WorkerFailed
from vault.model.flags import Flag
from vault.model.letters import Excerpt
from vault.model.reading import View
from vault.model.records import Record
from vault.model.words import Box
from vault.store import pages

_WIDTH = 1500
_MARGIN_X = 0.06
_MARGIN_Y = 0.035


def crop(box: Box) -> Box:
    """The strip of a page shown around an entry: its full width, some lines above and below."""
    top, bottom = box.top - _MARGIN_Y, box.bottom + _MARGIN_Y
    return Box.clamped(_MARGIN_X / 2, top, 1 - _MARGIN_X / 2, bottom)


def of(s: Session, flag: Flag, record: Record) -> Excerpt | None:
    """The excerpt of a flag's entry; None where its place on the page is not known.

    None too where the page cannot be drawn: the letter quotes the words all the same.
    """
    finding = flag.finding
    if finding.box is None or finding.page is None:
        return None
    if pages.shown(s.vault.read(), record.id, finding.page) is None:
        return None
    view = View(
        finding.page, _WIDTH, _WIDTH, crop=crop(finding.box), marks=(finding.box,), colour=True
    )
    alt = (
        f"Part of page {finding.page} of {record.title}; the entry is framed. "
        f"It reads: {finding.quote}"
    )
    try:
        return Excerpt(record_actions.draw(s, record, view), alt)
    except WorkerFailed:
        return None
