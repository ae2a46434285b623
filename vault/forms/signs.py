"""The words that tell what a field takes, each list in the order it is tried."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vault.model.formwords import Slot, Tick

Signs = Sequence[tuple[str, re.Pattern[str]]]


def _signs(*pairs: tuple[str, str]) -> Signs:
    return tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in pairs)


# What no program fills in: the pen's, the clinic's, and what nobody should be asked for.
LEAVE = re.compile(
    r"\b(?:ssn|ss|social security|signature|signed|sign(?: here)?|initials?|witness\w*|notary|"
    r"office use|staff|verified by|received by|processed by|date signed|signature date|"
    r"expir\w*|today s date|password|hiv|aids|substance|alcohol|drug|psychotherapy|psychiatric|"
    r"mental|genetic|reproductive|sexually|std|abuse)\b|^(?:today|date|dated)$"
)

TEXTS = _signs(
    (Slot.RELATIONSHIP, r"relation(?:ship)?|authority to (?:act|sign)|capacity"),
    (
        Slot.REPRESENTATIVE_NAME,
        r"(?:representative|guardian|agent|proxy|parent|surrogate)(?: s)?(?: \w+)?(?: name)?",
    ),
    (Slot.BORN_MONTH, r"(?:birth|dob|born) (?:month|mm|mo)|month of birth"),
    (Slot.BORN_DAY, r"(?:birth|dob|born) (?:day|dd)|day of birth"),
    (Slot.BORN_YEAR, r"(?:birth|dob|born) (?:year|yyyy|yr)|year of birth"),
    (Slot.BORN, r"(?:date of birth|dob|d o b|birth ?dates?|born|birthday)"),
    (
        Slot.FORMER_NAMES,
        r"former|maiden|previous (?:last )?names?|other names?"
        r"|aka|also known|alias\w*",
    ),
    (
        Slot.MRN,
        r"mrn|(?:medical )?record (?:number|no|num)|chart (?:number|no)|patient (?:id|number|no)"
        r"|member (?:id|number|no)|med rec\w*",
    ),
    (Slot.RECIPIENT_FAX, r"fax|facsimile"),
    (Slot.EMAIL, r"e ?mail(?: address)?"),
    (Slot.PHONE, r"(?:tele)?phone|tel|mobile|cell|daytime"),
    (Slot.PATIENT_FIRST, r"first(?: name)?|given name|fname"),
    (Slot.PATIENT_MIDDLE, r"middle(?: (?:name|initial))?|mi"),
    (Slot.PATIENT_LAST, r"last(?: name)?|surname|family name|lname"),
    (Slot.CITY_STATE_ZIP, r"city (?:and )?(?:state|st) (?:and )?(?:zip|postal)"),
    (Slot.ZIP, r"zip|post(?:al)? ?code"),
    (Slot.CITY, r"city|town"),
    (Slot.STATE, r"state|province"),
    (Slot.ADDRESS, r"(?:street|mailing|home|postal)? ?addr(?:ess)?"),
    (Slot.STREET, r"street"),
    (
        Slot.FROM_DATE,
        r"from date|date from|start(?:ing)? date|(?:dates? of )?(?:service|treatment|visit) from"
        r"|service (?:start|begin)|^from$|dates? of (?:service|treatment) from",
    ),
    (Slot.TO_DATE, r"to date|date to|end(?:ing)? date|(?:service|treatment) (?:to|end|through)"),
    (Slot.DATES, r"dates? of (?:service|treatment|visits?|care)|service dates?|date range"),
    (Slot.PURPOSE, r"purpose|reason"),
    (
        Slot.RECORDS,
        r"records? (?:requested|needed|wanted)|information (?:requested|needed|wanted)"
        r"|describe (?:the )?(?:records|information)|specific (?:records|information)",
    ),
    (
        Slot.RECIPIENT_NAME,
        r"recipient(?: s)?(?: name)?|release to|send to|deliver to"
        r"|disclose to",
    ),
    (
        Slot.PROVIDER_NAME,
        r"(?:facility|provider|hospital|clinic|physician|doctor|practice)(?: s)?(?: name)?",
    ),
    (Slot.SEX, r"sex|gender"),
    (
        Slot.PATIENT_NAME,
        r"patient(?: s)?(?: full| legal)? name|full name|legal name|print(?:ed)? name"
        r"|name of patient|patient|name",
    ),
)
TEXTS = (
    *TEXTS,
    (Slot.FROM_DATE, re.compile(r"^(?:from|start|beginning)$|\bfrom$")),
    (Slot.TO_DATE, re.compile(r"^(?:to|thru|through|until|end)$")),
)

CHOICES = _signs(
    (Slot.FORMAT, r"format"),
    (Slot.DELIVER, r"deliver\w*|sent by|how to send|method"),
    (Slot.RELATIONSHIP, r"relation(?:ship)?"),
    (Slot.STATE, r"state"),
    (Slot.SEX, r"sex|gender"),
)

TICKS = _signs(
    (
        "wants_all",
        r"(?:entire|complete|whole|full|all)(?: \w+)? (?:record|chart|file)s?|all records"
        r"|designated record set|entire record",
    ),
    (Tick.ALL_DATES, r"all dates|any and all dates"),
    ("wants_discharge_summaries", r"discharge(?: summar\w+)?"),
    (
        "wants_operative_reports",
        r"operative|operation|surg(?:ery|ical)|procedures?(?: (?:notes?|reports?))?",
    ),
    ("wants_pathology", r"patholog\w*|biops\w*"),
    ("wants_images", r"images?(?: on (?:cd|disc|disk))?|films?"),
    ("wants_imaging_reports", r"imaging|radiology|x ?rays?|mri|ct scans?"),
    ("wants_lab_results", r"lab(?:s|oratory)?(?: \w+)?"),
    ("wants_consults", r"consult(?:ation)?s?"),
    (
        "wants_visit_notes",
        r"(?:progress|visit|office|clinic|physician)(?: visit)? notes?"
        r"|office visits?|notes",
    ),
    ("wants_immunizations", r"immuni[sz]ations?|vaccin\w*|shots?"),
    ("wants_medications", r"medications?|medicines|prescriptions?"),
    ("wants_allergies", r"allerg\w*"),
    ("wants_billing", r"bill(?:s|ing)?|itemi[sz]ed|statements?"),
    ("wants_claims", r"claims?|eobs?"),
    ("wants_messages", r"(?:portal )?messages?"),
    (Tick.DELIVER_PORTAL, r"portal|my ?chart"),
    (Tick.DELIVER_EMAIL, r"e ?mail"),
    (Tick.DELIVER_FAX, r"fax"),
    (Tick.DELIVER_PICKUP, r"pick ?up|in person"),
    (Tick.DELIVER_MAIL, r"(?:u s |us |postal )?mail(?:ed)?|post"),
    (Tick.FORMAT_DISC, r"cd|dvd|usb|disc|disk|flash drive|cd rom"),
    (Tick.FORMAT_PAPER, r"paper|printed?|hard copy"),
    (Tick.FORMAT_ELECTRONIC, r"electronic(?:ally)?|pdf|digital"),
    (
        Tick.OWN_USE,
        r"personal(?! representative)(?: use| records?| reasons?)?|own use"
        r"|request of (?:the )?(?:individual|patient)"
        r"|my own|individual s request|patient request",
    ),
    (Tick.TO_MYSELF, r"(?:to )?(?:me|myself)|patient self"),
    (Tick.MYSELF, r"self|i am the patient|patient"),
    (
        Tick.REPRESENTATIVE,
        r"(?:personal |legal )?representative|guardian|parent"
        r"|power of attorney|executor|agent",
    ),
)
