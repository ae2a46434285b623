"""Statements of providers: which of them cannot both be so."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.statements import (
    VALUES,
    Statement,
    StatementSource,
    Topic,
    clash,
    contradictions,
    days_of,
)

DAY = dt.date(2026, 3, 2)


def said(
    id_: str, topic: Topic, value: str, on: dt.date = DAY, gone: dt.date | None = None
) -> Statement:
    """A statement from a form."""
    return Statement(id_, "prov_1", topic, value, StatementSource.FORM, on, withdrawn_on=gone)


@pytest.mark.parametrize(
    ("topic", "one", "other", "apart"),
    [
        (Topic.NOTARY, "required", "not_required", True),
        (Topic.NOTARY, "required", "required", False),
        (Topic.CHANNEL, "fax", "email", False),
        (Topic.CHANNEL, "fax", "no_fax", True),
        (Topic.CHANNEL, "portal_only", "fax", True),
        (Topic.CHANNEL, "portal_only", "portal", False),
        (Topic.CHANNEL, "portal_only", "mail_only", True),
        (Topic.CHANNEL, "portal_only", "no_fax", False),
        (Topic.CHANNEL, "portal_only", "no_portal", True),
        (Topic.FORMAT, "pdf", "paper", False),
        (Topic.FORM, "own_form_required", "letter_accepted", True),
        (Topic.FORM, "own_form_offered", "letter_accepted", False),
        (Topic.FEE, "0.75 a page", "free", True),
        (Topic.FEE, "Free", "free.", False),
        (Topic.TURNAROUND, "14 days", "2 weeks", False),
        (Topic.TURNAROUND, "14 days", "30 days", True),
        (Topic.TURNAROUND, "10 business days", "10 days", True),
        (Topic.OTHER, "ring twice", "do not ring", False),
    ],
)
def test_what_cannot_both_be_so(topic: Topic, one: str, other: str, apart: bool) -> None:
    """Ways to do it add up unless one excludes the other; of all else there is one answer."""
    assert clash(topic, one, other) is apart
    assert clash(topic, other, one) is apart


@given(st.sampled_from(sorted(VALUES)), st.data())
def test_a_word_never_contradicts_itself(topic: Topic, data: st.DataObject) -> None:
    """The same thing said twice is no contradiction, and order does not matter."""
    one, other = (data.draw(st.sampled_from(VALUES[topic])) for _ in range(2))
    assert not clash(topic, one, one)
    assert clash(topic, one, other) is clash(topic, other, one)


def test_both_are_given_the_older_first_and_withdrawn_ones_do_not_count() -> None:
    """Which of two is right is not decided; one that was taken back is no contradiction."""
    later = DAY + dt.timedelta(days=9)
    old, new = (
        said("stm_b", Topic.NOTARY, "required"),
        said("stm_a", Topic.NOTARY, "not_required", later),
    )
    (found,) = contradictions([new, old, said("stm_c", Topic.FEE, "free")])
    assert (found.one, found.other) == (old, new)
    gone = said("stm_b", Topic.NOTARY, "required", DAY, later)
    assert contradictions([new, gone]) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [("30", 30), ("10 business days", 10), ("2 weeks", 14), ("5 to 10 days", 10), ("soon", None)],
)
def test_the_days_in_a_text(text: str, days: int | None) -> None:
    """The longest that is named counts; words without a number name none."""
    assert days_of(text) == days
