"""Choosing the earlier copy of a record, and seeing what changed since."""

from __future__ import annotations

from tui.screens.base import VaultScreen
from tui.screens.changes import ChangesScreen
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.widgets.dialogs import ConfirmDialog
from vault.actions import records, versions
from vault.model.records import Record

_MOST = 40


async def compare_copies(screen: VaultScreen, record: Record) -> None:
    """Ask which record is the earlier copy, and show what changed; for a worker of a screen."""
    suggested = await screen.attempt(versions.later_copy, screen.session, record.id)
    every = await screen.attempt(records.every, screen.session)
    if suggested is None or every is None:
        return
    others = [v.record for v in every if _comparable(v.record, record)]
    if not others:
        screen.notify("There is no other record to compare this one with.")
        return
    maybe = {one.record.id: one.why for one in suggested}
    question = "Which record is an earlier copy of this one?"
    dialog = ChooseDialog(question, _choices(record, others, maybe))
    chosen = await screen.app.push_screen_wait(dialog)
    if not chosen:
        return
    if chosen != record.older and await _is_older(screen, maybe.get(chosen, "")):
        await screen.attempt(versions.link, screen.session, record.id, chosen)
    screen.app.push_screen(ChangesScreen(chosen, record.id))


async def _is_older(screen: VaultScreen, why: str) -> bool:
    """Ask whether what was suggested truly is an earlier copy; what was not is only shown."""
    if not why:
        return False
    question = "Is that one truly an earlier copy of this record?"
    detail = f"It is {why}. Either way you see what differs."
    dialog = ConfirmDialog(question, detail, "It is (y)", "No, only compare (n)")
    return await screen.app.push_screen_wait(dialog)


def _comparable(other: Record, record: Record) -> bool:
    """Whether a record can be another copy: it has pages, and is not somebody else's."""
    same = record.person is None or other.person in (None, record.person)
    return other.id != record.id and bool(other.pages) and same


def _choices(record: Record, others: list[Record], maybe: dict[str, str]) -> list[Choice]:
    """The record said to be earlier, those that seem to be, and all others, under headings."""
    titles = {other.id: other.title for other in others}
    rows: list[Choice] = []
    if record.older in titles:
        rows += [Choice("You said it is:"), Choice(titles[record.older], record.older)]
    seeming = [id_ for id_ in maybe if id_ in titles]
    if seeming:
        rows.append(Choice("It seems to be:"))
        rows += [Choice(titles[id_], id_, f"It is {maybe[id_]}.") for id_ in seeming]
    rest = [o for o in others if o.id != record.older and o.id not in maybe][:_MOST]
    if rest:
        rows.append(Choice("Other records:"))
        rows += [Choice(o.title, o.id) for o in rest]
    return rows
