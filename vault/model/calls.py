"""Calls: when a provider was telephoned, with whom, and what they said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """A telephone call; `confirmation` is the number they gave for it, `request` an id."""

    id: str
    provider: str
    on: dt.date
    said: str
    who: str = ""
    confirmation: str = ""
    request: str | None = None
