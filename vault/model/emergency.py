"""The emergency sheet: what a person, or whoever helps them, must know to open the vault."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmergencySheet:
    """Everything the sheet says; nothing on it tells whose the records are but `owner`.

    `vault` is the vault's id, 32 hex digits; `folder` and `backup` are where it and its newest
    backup are, `backup` empty where that is to be written in by hand, as is the recovery `code`.
    `paper` is `us-letter` or `a4`.
    """

    vault: str
    folder: str
    on: dt.date
    backup: str = ""
    code: str = ""
    owner: str = ""
    paper: str = "us-letter"
