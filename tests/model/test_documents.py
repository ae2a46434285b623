"""Masks as they are typed, and when a document still counts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import UsageError
from vault.model.documents import (
    Document,
    DocumentKind,
    Validity,
    expiry,
    mask_text,
    read_mask,
    stamp,
    validity,
)

TODAY = dt.date(2026, 11, 23)


def _document(until: dt.date | None) -> Document:
    return Document("doc_1", "per_1", DocumentKind.PASSPORT, "it", "pdf", 9, "2026", until)


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [
        (-1, Validity.EXPIRED, "expired on 2026-11-22"),
        (0, Validity.EXPIRES_SOON, "expires today"),
        (1, Validity.EXPIRES_SOON, "expires in 1 day,"),
        (60, Validity.EXPIRES_SOON, "expires in 60 days"),
        (61, Validity.OK, "valid until 2027-01-23"),
    ],
)
def test_expiry_is_warned_of_sixty_days_ahead(days: int, state: Validity, said: str) -> None:
    """It counts on its last day; before that a person is warned in time."""
    held = _document(TODAY + dt.timedelta(days))
    assert validity(held, TODAY) is state
    assert said in expiry(held, TODAY)
    assert validity(_document(None), TODAY) is Validity.OK
    assert expiry(_document(None), TODAY) == ""


@pytest.mark.parametrize(
    "text",
    ["", "1", "1:", "1:10,10,10", "0:10,10,10,10", "x:10,10,10,10", "1:10,10,0.5,10", "1:95,0,10,9",
     "1:-1,0,10,9", "1:nan,0,10,9", "1:0,0,inf,9", "1:0.1,0.1,0.2,0.05", "1:10,10,-5,10"],
)  # fmt: skip
def test_a_box_that_hides_nothing_is_refused(text: str) -> None:
    """A slip, above all fractions in place of percent, must not pass for a mask."""
    with pytest.raises(UsageError):
        read_mask(text)


@given(
    page=st.integers(1, 60),
    left=st.integers(0, 90),
    top=st.integers(0, 90),
    wide=st.integers(1, 10),
    high=st.integers(1, 10),
)
def test_a_mask_is_typed_as_it_is_shown(
    page: int, left: int, top: int, wide: int, high: int
) -> None:
    """What `id show` prints can be typed again."""
    text = f"{page}:{left},{top},{wide},{high}"
    assert mask_text(read_mask(text)) == text


def test_the_stamp_names_recipient_request_and_day() -> None:
    """A copy without a request names no request."""
    assert stamp("Elm", TODAY, "req_1") == "for Elm only · request req_1 · 2026-11-23"
    assert stamp("Elm", TODAY) == "for Elm only · 2026-11-23"
