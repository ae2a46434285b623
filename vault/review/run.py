"""Every check, and running them over a record or over all records of a person."""

from __future__ import annotations

from collections.abc import Iterable

from vault.model.charts import PageFacts, Stated
from vault.model.flags import Check as Name
from vault.model.flags import Finding
from vault.review import absent as missing
from vault.review import bearing, clinical, copies, identity, pages, sequence, sex
from vault.review.subject import Awaited, Chart, ChartCheck, Check, Shelf, Subject

__all__ = [
    "ABSENCES",
    "CHART_CHECKS",
    "CHECKS",
    "Awaited",
    "Chart",
    "Check",
    "PageFacts",
    "Shelf",
    "Stated",
    "Subject",
    "absent",
    "behind",
    "run",
    "scope",
]

CHECKS: tuple[Check, ...] = (
    # Identity, pages and documents.
    identity.check,
    sex.check,
    pages.check,
    copies.check,
    sequence.check,
    # What is clinical.
    clinical.check,
)
"""The checks of a record, in the order their findings are shown."""

CHART_CHECKS: tuple[ChartCheck, ...] = (missing.check,)
"""The checks of what is missing among all records of a person."""

ABSENCES = frozenset(
    {
        Name.REFERENCED_ABSENT,
        Name.ORDER_WITHOUT_RESULT,
        Name.ADMISSION_WITHOUT_DISCHARGE,
        Name.IMAGES_WITHOUT_REPORT,
        Name.BILL_WITHOUT_NOTE,
    }
)
"""What the checks of CHART_CHECKS raise."""


def run(subject: Subject) -> tuple[Finding, ...]:
    """What the checks find in a record: suspicions, for a person to look at and decide."""
    return tuple(finding for check in CHECKS for finding in check(subject))


def scope(subject: Subject, awaited: Iterable[Awaited]) -> tuple[str, ...]:
    """The records to look at anew for what they lack once a record came.

    This one, those it bears on, and those of what is awaited that may have come with it.
    """
    settled = bearing.settled(subject, awaited)
    return tuple(dict.fromkeys((subject.record, *bearing.touched(subject), *settled)))


def behind(subject: Subject, awaited: Iterable[Awaited]) -> tuple[str, ...]:
    """The records to look at anew once a record left: it may have been what they point at."""
    lacking = (one.record for one in awaited)
    near = (*bearing.touched(subject), *bearing.pointing(subject))
    return tuple(r for r in dict.fromkeys((*near, *lacking)) if r != subject.record)


def absent(chart: Chart) -> tuple[Finding, ...]:
    """What seems to be missing among a person's records."""
    return tuple(finding for check in CHART_CHECKS for finding in check(chart))
