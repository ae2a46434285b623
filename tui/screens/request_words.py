"""A request in the words and lines its screen shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.screens import event_words, fee_words, letter_flow, next_step, owed
from tui.screens.request_page import RequestPage
from tui.widgets.dialogs import as_sentence
from tui.widgets.fields import plain
from vault.actions import requests
from vault.actions.asking import ledger, steps
from vault.actions.asking.ledger import Line as Held
from vault.actions.asking.matching import Arrival
from vault.actions.requests import RequestView
from vault.model.forms import Form
from vault.model.letters import Letter
from vault.model.records import Record
from vault.model.reminders import Reminder
from vault.model.requests import Event, Outcome, RequestEvent

Subject = Letter | Held | Record | Arrival | Event | Form | Reminder | RequestView


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: what it says, what it is about, and all of it for the foot."""

    text: str
    about: Subject | None = None
    whole: str = ""

    @property
    def heading(self) -> bool:
        """Whether it only names what is below it."""
        return self.about is None and not self.text.startswith((" ", "!"))


def head(page: RequestPage) -> str:
    """What to do next, by when and by which rule, and where the request stands."""
    view = page.view
    lines = [
        f"Next: {next_step.told(view)}",
        requests.owed(view),
        view.extension.why if view.extension else "",
        _stands(page),
    ]
    return "\n".join(line for line in lines if line)


def _stands(page: RequestPage) -> str:
    view, standing = page.view, page.view.standing
    if standing.outcome in event_words.OUTCOMES:
        ended = event_words.OUTCOMES[Outcome(standing.outcome)]
        return f"Closed: {ended}. {as_sentence(page.ledger.said.removeprefix('closed; '))}"
    promised = f" They promised {owed.day(standing.promised)}." if standing.promised else ""
    pressing = owed.pressing(view.due, view.urgency)
    state = plain(view.request.state)
    start = f"{state}, {pressing}" if pressing else state
    again = f", asked {standing.round} times" if standing.round > 1 else ""
    if standing.first is None:
        return as_sentence(start)
    return f"{as_sentence(start + again)}{promised} {as_sentence(page.ledger.said)}"


def _item(held: Held, page: RequestPage) -> Iterator[Line]:
    item = held.item
    lacks = f": {'; '.join(held.missing)}" if held.missing else ""
    # Before it was sent, nothing can have come.
    unsent = page.view.standing.first is None
    answer = "" if unsent else f"  {plain(held.answer)}{lacks}"
    sign = "!" if held.missing and not unsent and page.view.standing.gaps else " "
    told = [
        ("Format", ", or ".join(part for part in (item.format, item.fallback) if part)),
        ("Delivery", item.deliver),
        ("They promised", item.promised),
        ("What came", item.came),
    ]
    how = ". ".join(f"{name}: {value}" for name, value in told if value)
    words = ledger.words(item)
    yield Line(f"{sign} {words}{answer}", held, f"{words}{answer}\n{how}".strip())
    for id_ in held.records:
        record = page.records[id_]
        yield Line(f"     {record.title}", record, _record(record))


def _record(record: Record) -> str:
    came = f", came {owed.day(record.received_on)}" if record.received_on else ""
    pages = f", {record.pages} pages" if record.pages != 1 else ", 1 page"
    return f"{record.title}{came}{pages}. Enter opens it."


def _arrival(held: Arrival, page: RequestPage) -> Line:
    match = next((m for m in held.matches if m.request == page.view.request.id), None)
    why = "; ".join(match.why) if match else "it was kept with this request"
    return Line(
        f"! {held.record.title}",
        held,
        f"{held.record.title}: {why}. Enter says what it answers.",
    )


def _terms(page: RequestPage) -> Iterator[Line]:
    request, desk = page.view.request, page.office
    limit = f"{request.fee_limit} {request.currency}".strip()
    told = [
        ("Records of", page.view.person.name),
        ("Asked by", page.asker),
        ("To the desk", desk and ", ".join(p for p in (plain(desk.role), desk.name) if p)),
        ("Format", ", or ".join(p for p in (request.format, request.fallback) if p)),
        ("Delivery", request.deliver),
        ("Ask me first above", limit if request.fee_limit is not None else ""),
        ("Also included", ", ".join(request.sensitive)),
        ("Send it to", ", ".join(request.third_party)),
        ("Only to look at", "yes" if request.inspect else ""),
    ]
    yield from (Line(f"  {name + ':':<20} {value}") for name, value in told if value)
    if page.parent is not None:
        yield Line(f"  Follows from the request to {page.parent.provider.name}", page.parent)
    for child in page.children:
        state = plain(child.request.state)
        yield Line(f"  Followed by one to {child.provider.name} ({state})", child)


def _money(page: RequestPage) -> list[Line]:
    held = page.fees
    if held is None or not held.entries:
        return []
    found = [Line(f"  {fee_words.total(row)}", None, "\n".join(held.lawful)) for row in held.totals]
    for entry in held.entries:
        sign = "!" if entry.findings else " "
        found.append(Line(f"{sign} {fee_words.entry(entry)}", entry.event, fee_words.whole(entry)))
    found += [Line(f"! No receipt has come for number {seq}") for seq in held.no_receipt]
    return found


def _letter(held: Letter, page: RequestPage) -> Line:
    events = (e for e in page.view.request.events if e.detail.letter == held.id)
    sent = next((f", sent {owed.day(e.on)}" for e in events if e.kind != RequestEvent.READY), "")
    text = f"{letter_flow.made(held)}{sent}"
    return Line(f"  {text}", held, f"{text}. Enter shows it.")


def _form(held: Form) -> Line:
    count = len(held.shape.fields)
    warned = f", {len(held.warnings)} to know" if held.warnings else ""
    text = f"  {held.title} ({plain(held.kind)}, {count} fields{warned})"
    return Line(text, held, f"{text.strip()}. Enter shows it.")


def reminder(held: Reminder) -> str:
    """A reminder as a line."""
    return f"{owed.day(held.on)}: {held.text}"


def _part(title: str, found: Sequence[Line], none: str = "") -> Iterator[Line]:
    if found or none:
        yield Line(title)
    yield from found or ([Line(f"  {none}")] if none else ())


def timeline(page: RequestPage) -> list[Line]:
    """What happened, in the order of the days; what was put right stands where it did."""
    replaced = {e.replaces: e.seq for e in page.view.request.events if e.replaces is not None}
    shown = []
    made = RequestEvent.DRAFTED
    for event in sorted(page.view.request.events, key=lambda e: (e.kind != made, e.on, e.seq)):
        by = replaced.get(event.seq)
        right = f"  [put right by {by}]" if by else ""
        hint = "" if event.kind == RequestEvent.DRAFTED or by else " e puts it right."
        whole = f"{event_words.whole(event)}{right}{hint}"
        shown.append(Line(f"{event_words.line(event)}{right}", event, whole))
    return shown


def lines(page: RequestPage) -> tuple[Line, ...]:
    """All that belongs to a request, part by part."""
    items = [line for held in page.ledger.lines for line in _item(held, page)]
    return (
        *_part("What you ask for", items),
        *_part("Came, and answers nothing yet", [_arrival(a, page) for a in page.arrivals]),
        *_part("How", list(_terms(page))),
        *_part("What happened", timeline(page)),
        *_part("Money", _money(page)),
        *_part("Letters", [_letter(held, page) for held in page.letters]),
        *_part("Their forms", [_form(f) for f in page.forms]),
        *_part("Reminders", [Line(f"  {reminder(r)}", r) for r in page.reminders]),
    )


def next_of(view: RequestView) -> str:
    """The next step in short, for a table."""
    what, _, then = steps.next_step(view).partition(": ")
    return then or what
