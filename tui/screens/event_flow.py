"""Telling what happened to a request: which event, then its fields, then what it means."""

from __future__ import annotations

from textual.app import App

from tui import background
from tui.screens import event_words as words
from tui.screens.add_provider import AddProviderDialog
from tui.screens.choose_dialog import Choice, ChooseDialog
from tui.screens.event_dialog import About, EventDialog, kinds
from tui.screens.notice_dialog import NoticeDialog
from tui.screens.review_dialog import ReviewedDialog
from tui.screens.sent_dialog import RequestSentDialog, SentAgain
from tui.shell import Shell
from vault.actions import providers
from vault.actions.asking import events
from vault.actions.requests import RequestView
from vault.model.providers import Provider
from vault.model.requests import Event, RequestEvent

_ANOTHER = "+"
_FIRST = RequestEvent.ACKNOWLEDGED.value


async def tell(app: Shell, view: RequestView) -> RequestView | None:
    """Ask what happened and note it; None where nothing was noted."""
    kind = await _kind(app, view, None)
    if kind is None:
        return None
    return await _noted(app, view, kind, None)


async def put_right(app: Shell, view: RequestView, old: Event) -> RequestView | bool | None:
    """Put an earlier event right; what happened later stays. None where nothing was noted."""
    if old.kind == RequestEvent.SENT:
        form = RequestSentDialog(
            view.request.id, view.provider.name, app.today(), again=SentAgain.of(old)
        )
        return await app.push_screen_wait(form)
    kind = await _kind(app, view, old)
    return await _noted(app, view, kind, old) if kind is not None else None


async def _kind(app: App[str], view: RequestView, old: Event | None) -> RequestEvent | None:
    """The kind of event that is chosen; what cannot be now is not offered for a new one."""
    possible = tuple(RequestEvent) if old is not None else events.possible(view.request)
    choices: list[Choice] = []
    for title, group in kinds(possible):
        choices.append(Choice(title))
        choices += [Choice(words.kind_words(kind), kind.value) for kind in group]
    if old is not None and old.kind == RequestEvent.REVIEWED:
        choices.append(Choice(words.kind_words(RequestEvent.REVIEWED), old.kind))
    question = "What happened?" if old is None else f"What was it really? (number {old.seq})"
    first = old.kind if old is not None else _FIRST
    given = await app.push_screen_wait(ChooseDialog(question, choices, first=first))
    return RequestEvent(given) if given else None


async def _noted(
    app: Shell, view: RequestView, kind: RequestEvent, old: Event | None
) -> RequestView | None:
    if kind is RequestEvent.REVIEWED:
        return await app.push_screen_wait(ReviewedDialog(view, app.today(), old))
    known: tuple[Provider, ...] = ()
    if kind is RequestEvent.REDIRECTED:
        known = await background.run(providers.every, app.unlocked)
        if len(known) < 2:
            await app.push_screen_wait(AddProviderDialog())
            known = await background.run(providers.every, app.unlocked)
    made = await app.push_screen_wait(EventDialog(About(view, known, app.today(), old), kind))
    if made is not None and kind is RequestEvent.EXTENDED and made.extension is not None:
        head = "They may take longer." if made.extension.lawful else "They may not take longer."
        await app.push_screen_wait(NoticeDialog(head, made.extension.why))
    return made
