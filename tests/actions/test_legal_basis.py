"""What a letter and a deadline claim is no more than the law recorded for the holder."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.actions.made import patient, put
from vault import dates
from vault.actions import (
    corrections,
    flags,
    places,
    providers,
    requests,
    rulebook,
)
from vault.actions.correcting import letter_content
from vault.actions.flags import Wrong
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.demo import cast
from vault.law.book import PlaceFile
from vault.law.rules import Rule
from vault.letters.correcting import frame, kinds
from vault.letters.correcting.content import Content
from vault.model.correction_letters import CorrectionLetterKind
from vault.model.corrections import CorrectionEvent
from vault.model.providers import ProviderKind
from vault.model.requests import Channel, Event, RequestEvent, Urgency
from vault.store import events, laws

ON = dt.date(2026, 11, 23)


def letter(s: Session, place: str, kind: ProviderKind) -> Content:
    """The letter of a correction to a holder of that kind at that place."""
    holder = providers.add(s, "Elm Street", kind=kind, jurisdiction=place)
    record = put(s, "a.pdf", ("Entry",), patient(s), holder)
    flag = flags.add(s, record.id, 1, "not on the page", Wrong("another"))
    view = corrections.new(s, [flag.id])
    return letter_content.gather(s, view, CorrectionLetterKind.AMENDMENT_REQUEST, ON)


def said(made: Content) -> str:
    """All that a letter says, without its pictures."""
    return frame.plain(kinds.compose(made))


def rule(made: Content) -> Rule:
    """The rule a letter goes by."""
    assert made.law.main is not None
    return made.law.main


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("us", ProviderKind.SCHOOL),
        ("us-oh", ProviderKind.EMPLOYER),
        ("uk-deceased", ProviderKind.HOSPITAL),
    ],
)
def test_a_borrowed_rule_is_never_cited(vault: Session, place: str, kind: ProviderKind) -> None:
    """No law binds such a holder to amend, so none is named, and no number of days is."""
    made = letter(vault, place, kind)
    assert made.law.binding == ()
    words = said(made)
    assert "within a reasonable time and answer me in writing" in words
    assert "I make this request under" not in words
    assert not any(rule.cite in words for rule in made.law.rules)
    assert "CFR" not in words
    assert "GDPR" not in words


def test_a_provider_added_without_a_place_is_in_the_united_states(vault: Session) -> None:
    """The default is a place, so that the kind of holder still decides the rule."""
    assert providers.add(vault, "Alder School", kind=ProviderKind.SCHOOL).jurisdiction == "us"
    assert {clinic.jurisdiction for clinic in cast.CLINICS} == {"us"}


def test_guidance_reaches_the_letter_as_guidance(vault: Session) -> None:
    """Australia's 30 days are guidance."""
    made = letter(vault, "au", ProviderKind.CLINIC)
    assert rule(made).soft
    assert "guidance rather than a fixed limit (APP 13)" in said(made)


def test_the_law_behind_guidance_is_what_a_letter_stands_on(vault: Session) -> None:
    """APP 13 is law, only its days are guidance; where no law is recorded, none is named."""
    made = letter(vault, "au", ProviderKind.CLINIC)
    assert "I make this request under APP 13." in said(made)
    bare = replace(made, law=replace(made.law, rules=(replace(rule(made), basis="", cite=""),)))
    assert "I make this request under" not in said(bare)


PLACE = """[[jurisdiction]]
id = "xx"
name = "Xland"
amendment = { days = 9, cite = "Law 9", verified = "text", confidence = "high" }
access = { days = 8, cite = "Law 8", verified = "text", confidence = "high" }
"""


def test_a_place_of_ones_own_reaches_letter_and_deadline(vault: Session, tmp_path: Path) -> None:
    """Both go by the rules of the vault, not by the program's alone."""
    file = tmp_path / "mine.toml"
    file.write_text(PLACE, encoding="utf-8")
    places.add(vault, file)
    made = letter(vault, "xx", ProviderKind.CLINIC)
    assert "I make this request under Law 9." in said(made)
    assert "within 9 days of receiving it (Law 9)" in said(made)
    view = requests.get(vault, _sent(vault, "xx", dt.date(2026, 1, 2)), dt.date(2026, 1, 3))
    assert view.due is not None
    assert (view.due.on, view.due.rule.cite) == (dt.date(2026, 1, 10), "Law 8")


def test_a_file_that_cannot_be_used_costs_nothing_but_its_rules(
    vault: Session, tmp_path: Path
) -> None:
    """The vault opens and says so, its requests are listed, only their date is not known."""
    file = tmp_path / "mine.toml"
    file.write_text(PLACE, encoding="utf-8")
    places.add(vault, file)
    made = _sent(vault, "xx", dt.date(2026, 1, 2))
    with vault.vault.write("test.broken") as db:
        laws.keep_file(db, PlaceFile("mine", PLACE.replace("days = 8", "days = 0")), dates.now())
    assert requests.get(vault, made, dt.date(2026, 1, 3)).due is None
    rulebook.tell(vault.vault)
    assert any("'mine' is left out: line 5: xx" in said for said in vault.vault.notices)
    (row,) = places.every(vault)[1]
    assert row.problem.startswith("line 5: xx: access.days")
    file.write_text(PLACE, encoding="utf-8")
    places.add(vault, file)
    assert requests.get(vault, made, dt.date(2026, 1, 3)).due is not None


def test_washington_is_told_its_own_time_and_cap(vault: Session) -> None:
    """Ten days, 21 in all, by the state's citation; HIPAA binds besides, for denials."""
    made = letter(vault, "us-wa", ProviderKind.CLINIC)
    words = said(made)
    assert "within 10 days of receiving it (RCW 70.02.100(2))" in words
    assert "By the same rule if you need longer, you may take at most 21 days in all." in words
    assert "extend this time once" not in words
    assert "HIPAA in any case gives you no more than 60 days" in words
    assert "164.526(d)(1)" in words


def test_hipaa_itself_keeps_its_own_words(vault: Session) -> None:
    """The default place gives a clinic HIPAA's 60 days and its one extension of 30."""
    words = said(letter(vault, providers.add(vault, "Quay").jurisdiction, ProviderKind.CLINIC))
    assert "within 60 days of receiving it (45 CFR 164.526(b)(2))" in words
    assert "by no more than 30 days, only if within the first 60 days" in words


def _arrive(s: Session, id_: str, kind: str, on: dt.date) -> None:
    """Note that something was sent and arrived, both on that day."""
    event = Event(2, 1, kind, on, dates.now(), channel=Channel.FAX, arrived=on)
    with s.vault.write("test.sent") as db:
        events.add(db, id_, event)


def _sent(s: Session, place: str, arrived: dt.date) -> str:
    holder = providers.add(s, "Elm Street", kind=ProviderKind.CLINIC, jurisdiction=place)
    made = requests.new(s, holder.id, patient(s).id, Wanted()).request.id
    _arrive(s, made, RequestEvent.SENT, arrived)
    return made


def test_a_request_is_late_only_after_the_day_the_law_moved_it_to(vault: Session) -> None:
    """A month that ends on a Saturday is not overdue on the Sunday, but is on the Tuesday."""
    made = _sent(vault, "uk", dt.date(2026, 1, 14))
    view = requests.get(vault, made, dt.date(2026, 2, 15))
    assert view.due is not None
    assert (view.due.on, view.due.rolled) == (dt.date(2026, 2, 14), dt.date(2026, 2, 16))
    assert view.urgency is Urgency.DUE_SOON
    assert requests.get(vault, made, dt.date(2026, 2, 17)).urgency is Urgency.OVERDUE


def test_under_hipaa_a_weekend_does_not_put_lateness_off(vault: Session) -> None:
    """Thirty days that end on a Sunday are over on the Monday."""
    made = _sent(vault, "us", dt.date(2026, 1, 2))
    assert requests.get(vault, made, dt.date(2026, 2, 2)).urgency is Urgency.OVERDUE


def test_a_correction_is_late_only_after_the_day_the_law_moved_it_to(vault: Session) -> None:
    """The same for an amendment."""
    made = letter(vault, "uk", ProviderKind.CLINIC).reference
    arrived = dt.date(2026, 1, 14)
    _arrive(vault, made, CorrectionEvent.SENT, arrived)
    day = corrections.get(vault, made, dt.date(2026, 2, 15))
    assert day.urgency is Urgency.DUE_SOON
    assert corrections.get(vault, made, dt.date(2026, 2, 17)).urgency is Urgency.OVERDUE
