"""What listing everything with a date costs beyond unlocking: python bench/due.py.

Two vaults of invented open requests, ten events each, one of 100 and one of 1,000, are opened
once; then `dues.every` runs by turns in both, in one process. CPU seconds, the median of the runs
and their spread; the first run of each counts apart, for it fills what is kept.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from vault import ids
from vault.actions import dues, people, providers
from vault.actions.session import Session, make_vault
from vault.model.providers import ProviderKind
from vault.model.record_types import RecordType
from vault.model.requests import Detail, Event, Request, RequestEvent, RequestItem
from vault.store import requests
from vault.store.kdf import CHEAPEST

SIZES = (100, 1000)
RUNS = 9
BAR = 0.5
PLACES = ("us-tx", "us-ca", "us-tn", "uk", "de", "us-mi", "us-ny", "us")
FIRST = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 6, 1)
E = RequestEvent
STORY = (
    (E.DRAFTED, 0, Detail()),
    (E.READY, 1, Detail()),
    (E.SENT, 2, Detail()),
    (E.ACKNOWLEDGED, 5, Detail(number="A-17")),
    (E.ID_ASKED, 6, Detail()),
    (E.ANSWERED, 8, Detail()),
    (E.CALL, 9, Detail(who="the records office")),
    (E.PAUSE_CLAIMED, 10, Detail(reason="fee")),
    (E.PROMISED, 12, Detail(until=FIRST + dt.timedelta(days=40))),
    (E.EXTENDED, 20, Detail(until=FIRST + dt.timedelta(days=60), reason="stored elsewhere")),
)


def fill(session: Session, many: int) -> None:
    """So many open requests, over forty providers at eight places."""
    person = people.add(session, "Marian Voss", dt.date(1961, 3, 14))
    held = [
        providers.add(
            session, f"Holder {n} {place}", kind=ProviderKind.HOSPITAL, jurisdiction=place
        )
        for n in range(5)
        for place in PLACES
    ]
    with session.vault.write("bench") as db:
        for n in range(many):
            item = RequestItem(ids.new("request_item"), RecordType.ALL)
            request = Request(
                ids.new("request"), person.id, held[n % len(held)].id, (item,), "2026-03-02"
            )
            requests.add(db, request)
            for seq, (kind, days, detail) in enumerate(STORY, 1):
                on = FIRST + dt.timedelta(days=days + n % 7)
                event = Event(seq, 1, kind, on, "2026-03-02T10:00:00Z", detail=detail)
                if kind is E.SENT:
                    event = replace(event, channel="fax", arrived=on)
                request = requests.append(db, request, event)


def once(session: Session) -> tuple[float, int]:
    """CPU seconds of one listing, and how many dates it gave."""
    begun = time.process_time()
    found = dues.every(session, TODAY)
    return time.process_time() - begun, len(found)


def main() -> int:
    """Fill, measure, print; 1 where the bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        opened = {}
        for many in SIZES:
            place = home / str(many)
            session, _ = make_vault(place, "plum kettle orbit", profile=CHEAPEST, state=home)
            fill(session, many)
            opened[many] = session
        cold = {many: once(opened[many]) for many in reversed(SIZES)}
        times: dict[int, list[float]] = {many: [] for many in SIZES}
        for _ in range(RUNS):
            for many, session in opened.items():
                times[many].append(once(session)[0])
        for many in SIZES:
            middle = statistics.median(times[many])
            print(
                f"{many:>5} requests, {cold[many][1]} dates: first {cold[many][0]:.3f} s, "
                f"then {middle:.3f} s ({min(times[many]):.3f} to {max(times[many]):.3f}) of CPU"
            )
        for session in opened.values():
            session.close()
    return int(cold[SIZES[-1]][0] > BAR)


if __name__ == "__main__":
    sys.exit(main())
