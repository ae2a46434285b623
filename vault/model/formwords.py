"""The vocabulary of forms: the names of what can go into a field or tick a box."""

from __future__ import annotations

from enum import StrEnum

from vault.model.record_types import RecordType

NOTHING = "none"
FIXED = "="
"""A mapping's value that leaves a field as it is, and the sign before a fixed text."""


class Slot(StrEnum):
    """Text that is put into a field. A signature and its date have no name: they are the pen's.

    A social security number has none either: this program neither keeps nor sends one.
    """

    PATIENT_NAME = "patient_name"
    PATIENT_FIRST = "patient_first"
    PATIENT_MIDDLE = "patient_middle"
    PATIENT_LAST = "patient_last"
    FORMER_NAMES = "former_names"
    BORN = "born"
    BORN_MONTH = "born_month"
    BORN_DAY = "born_day"
    BORN_YEAR = "born_year"
    SEX = "sex"
    ADDRESS = "address"
    STREET = "street"
    CITY = "city"
    STATE = "state"
    ZIP = "zip"
    CITY_STATE_ZIP = "city_state_zip"
    PHONE = "phone"
    EMAIL = "email"
    MRN = "mrn"
    REPRESENTATIVE_NAME = "representative_name"
    RELATIONSHIP = "relationship"
    PROVIDER_NAME = "provider_name"
    PROVIDER_DEPARTMENT = "provider_department"
    PROVIDER_ADDRESS = "provider_address"
    PROVIDER_PHONE = "provider_phone"
    PROVIDER_FAX = "provider_fax"
    RECIPIENT_NAME = "recipient_name"
    RECIPIENT_ADDRESS = "recipient_address"
    RECIPIENT_STREET = "recipient_street"
    RECIPIENT_CITY = "recipient_city"
    RECIPIENT_STATE = "recipient_state"
    RECIPIENT_ZIP = "recipient_zip"
    RECIPIENT_CITY_STATE_ZIP = "recipient_city_state_zip"
    RECIPIENT_PHONE = "recipient_phone"
    RECIPIENT_FAX = "recipient_fax"
    RECIPIENT_EMAIL = "recipient_email"
    PURPOSE = "purpose"
    FROM_DATE = "from_date"
    TO_DATE = "to_date"
    DATES = "dates"
    RECORDS = "records"
    FORMAT = "format"
    DELIVER = "deliver"
    REFERENCE = "reference"
    ENTRY = "entry"
    ENTRY_DATE = "entry_date"
    ENTRY_AUTHOR = "entry_author"
    ENTRY_PLACE = "entry_place"
    ENTRY_QUOTE = "entry_quote"
    WRONG = "wrong"
    SHOULD_SAY = "should_say"
    WHY = "why"
    EVIDENCE = "evidence"
    NOTIFY = "notify"


class Tick(StrEnum):
    """What a box is ticked for, beside the kinds of records, which are `wants_` and the kind."""

    FORMAT_PAPER = "format_paper"
    FORMAT_ELECTRONIC = "format_electronic"
    FORMAT_DISC = "format_disc"
    DELIVER_MAIL = "deliver_mail"
    DELIVER_EMAIL = "deliver_email"
    DELIVER_PORTAL = "deliver_portal"
    DELIVER_FAX = "deliver_fax"
    DELIVER_PICKUP = "deliver_pickup"
    MYSELF = "myself"
    REPRESENTATIVE = "representative"
    TO_MYSELF = "to_myself"
    TO_OTHER = "to_other"
    OWN_USE = "own_use"
    ALL_DATES = "all_dates"
    YES = "yes"
    NO = "no"
    INACCURATE = "inaccurate"
    INCOMPLETE = "incomplete"
    NOTIFY_YES = "notify_yes"


WANTS = {f"wants_{kind.value}": kind for kind in RecordType}
"""The ticks for kinds of records."""

OF_ENTRIES = frozenset({
    Slot.ENTRY, Slot.ENTRY_DATE, Slot.ENTRY_AUTHOR, Slot.ENTRY_PLACE, Slot.ENTRY_QUOTE, Slot.WRONG,
    Slot.SHOULD_SAY, Slot.WHY, Slot.EVIDENCE, Slot.NOTIFY,
})  # fmt: skip
"""The texts that only a form about a correction takes; empty on any other."""

TEXTS = frozenset(slot.value for slot in Slot)
TICKS = frozenset(tick.value for tick in Tick) | WANTS.keys()
