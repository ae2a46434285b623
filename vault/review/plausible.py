"""Vital signs and results of tests that no living person can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.statements import Said, Sayings, Sort

_SIGN = Sort(Check.IMPLAUSIBLE_VALUE, Kind.WRONG_VALUE, Subject.VITAL_SIGN, Severity.CARE)
_TEST = Sort(Check.IMPLAUSIBLE_VALUE, Kind.WRONG_VALUE, Subject.LAB, Severity.CARE)
_SURE = 80
_CERTAIN = 100
_ADULT = 18


@dataclass(frozen=True, slots=True)
class Limits:
    """What a figure can be in a living person, ends included; `unit` is as facts carry it."""

    unit: str
    low: float
    high: float


# Wide of what has been reported of survivors, and so far wider than any reference interval:
# temperature after Gilbert et al., Lancet 2000;355:375 (13.7 °C) and Slovis et al., Ann Emerg Med
# 1982;11:630 (46.5 °C); blood pressure after MacDougall et al., J Appl Physiol 1985;58:785; height
# and weight after the extremes on record. The intervals used to clean intensive care data are of
# the same order (Harutyunyan et al., Sci Data 2019;6:96).
_SIGNS: dict[str, tuple[Limits, ...]] = {
    "temperature": (Limits("f", 56.0, 116.0), Limits("c", 13.0, 47.0)),
    "pulse": (Limits("", 10, 350),),
    "breathing": (Limits("", 2, 120),),
    "oxygen": (Limits("", 15, 100),),
    "height": (Limits("cm", 20, 275), Limits("in", 8, 108), Limits("m", 0.2, 2.75)),
    "weight": (Limits("kg", 0.2, 640), Limits("lb", 0.5, 1410)),
    "bmi": (Limits("", 6, 160),),
    "pain": (Limits("", 0, 10),),
}
_ADULTS: dict[str, tuple[Limits, ...]] = {
    "height": (Limits("cm", 54, 275), Limits("in", 21, 108), Limits("m", 0.54, 2.75)),
    "weight": (Limits("kg", 18, 640), Limits("lb", 40, 1410)),
}
_SYSTOLIC, _DIASTOLIC = Limits("", 25, 400), Limits("", 5, 300)

_MG, _MMOL, _G = "mg/dl", "mmol/l", "g/dl"
_TESTS: dict[str, tuple[Limits, ...]] = {
    "sodium": (Limits(_MMOL, 85, 230),),
    "potassium": (Limits(_MMOL, 0.8, 15),),
    "chloride": (Limits(_MMOL, 40, 180),),
    "bicarbonate": (Limits(_MMOL, 1, 70),),
    "bun": (Limits(_MG, 0.5, 400),),
    "creatinine": (Limits(_MG, 0.05, 60), Limits("umol/l", 5, 5500)),
    "glucose": (Limits(_MG, 5, 3000), Limits(_MMOL, 0.3, 165)),
    "calcium": (Limits(_MG, 2, 30), Limits(_MMOL, 0.5, 7.5)),
    "protein": (Limits(_G, 1, 20), Limits("g/l", 10, 200)),
    "albumin": (Limits(_G, 0.3, 8), Limits("g/l", 3, 80)),
    "ast": (Limits("u/l", 0, 60000),),
    "alt": (Limits("u/l", 0, 60000),),
    "alk_phos": (Limits("u/l", 0, 15000),),
    "bilirubin": (Limits(_MG, 0, 90), Limits("umol/l", 0, 1500)),
    "hemoglobin": (Limits(_G, 1, 27), Limits("g/l", 10, 270), Limits(_MMOL, 0.6, 17)),
    "hematocrit": (Limits("%", 3, 85),),
    "wbc": (Limits("k/ul", 0, 1500),),
    "rbc": (Limits("m/ul", 0.3, 12),),
    "mcv": (Limits("fl", 40, 170),),
    "platelets": (Limits("k/ul", 0, 6000),),
    "neutrophils": (Limits("%", 0, 100),),
    "lymphocytes": (Limits("%", 0, 100),),
    "a1c": (Limits("%", 2, 25), Limits("mmol/mol", 0, 250)),
    "tsh": (Limits("miu/l", 0, 2000), Limits("uiu/ml", 0, 2000)),
    "free_t4": (Limits("ng/dl", 0, 30),),
    "cholesterol": (Limits(_MG, 10, 2500), Limits(_MMOL, 0.3, 65)),
    "triglycerides": (Limits(_MG, 5, 40000),),
    "hdl": (Limits(_MG, 0, 300), Limits(_MMOL, 0, 8)),
    "ldl": (Limits(_MG, 0, 2000), Limits(_MMOL, 0, 52)),
    "inr": (Limits("", 0.3, 40),),
    "ph": (Limits("", 6.3, 8.0),),
    "magnesium": (Limits(_MG, 0.2, 25),),
    "phosphorus": (Limits(_MG, 0.1, 40),),
    "uric_acid": (Limits(_MG, 0, 80),),
    "egfr": (Limits("", 0, 250),),
    "ejection_fraction": (Limits("%", 3, 95),),
}
"""Wide of the highest and lowest results published of survivors, by unit."""

_UNITS = {
    "meq/l": _MMOL, "mmol": _MMOL, "x10^3/ul": "k/ul", "10^3/ul": "k/ul", "x10e3/ul": "k/ul",
    "10e3/ul": "k/ul",
    "thou/ul": "k/ul", "k/mm3": "k/ul", "10*3/ul": "k/ul", "x10^9/l": "k/ul", "10^9/l": "k/ul",
    "k/cumm": "k/ul",
    "10^6/ul": "m/ul", "x10^6/ul": "m/ul", "mil/ul": "m/ul", "iu/l": "u/l", "units/l": "u/l",
    "µmol/l": "umol/l",
    "mcmol/l": "umol/l", "gm/dl": _G,
    "mu/l": "miu/l", "µiu/ml": "uiu/ml", "inches": "in", '"': "in", "k/µl": "k/ul",
}  # fmt: skip
_FEET = re.compile(r"^(\d{1,3})\s?(?:f\w|feet|['’′])\s?(\d{1,3}(?:\.\d+)?)?", re.I)
_NAMES = {
    "oxygen": "an oxygen saturation", "breathing": "a breathing rate", "bmi": "a body mass index",
    "temperature": "a temperature", "pain": "a pain score", "a1c": "a hemoglobin A1c",
    "ph": "a pH", "egfr": "an eGFR",
}  # fmt: skip


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _outside(number: float, unit: str, limits: tuple[Limits, ...]) -> bool:
    """Whether a figure is beyond the limits of its unit, of every unit where it has none.

    A unit that is not known here is not judged.
    """
    plain = _UNITS.get(unit, unit)
    held = [x for x in limits if x.unit == plain] if plain else list(limits)
    if not held and all(not x.unit for x in limits):
        held = list(limits)
    return bool(held) and all(not x.low <= number <= x.high for x in held)


def _pressure(number: str) -> bool:
    upper, _, lower = number.partition("/")
    systolic, diastolic = _number(upper), _number(lower)
    if systolic is None or diastolic is None:
        return False
    wide = _outside(systolic, "", (_SYSTOLIC,)) or _outside(diastolic, "", (_DIASTOLIC,))
    return wide or diastolic >= systolic


def _limits(said: Said, sayings: Sayings) -> tuple[Limits, ...]:
    sign, person = said.get("sign"), sayings.held.person
    grown = bool(person and said.day and (said.day - person.born).days > _ADULT * 366)
    return (_ADULTS.get(sign) if grown else None) or _SIGNS.get(sign, ())


def _sign_is_wrong(said: Said, sayings: Sayings) -> bool:
    number, unit = said.get("number"), said.get("unit")
    if said.get("sign") == "bp":
        return _pressure(number)
    feet = _FEET.match(number)
    if feet:
        inches = int(feet[1]) * 12 + float(feet[2] or 0)
        return float(feet[2] or 0) >= 12 or _outside(inches, "in", _limits(said, sayings))
    value = _number(number)
    bare = said.get("sign") in ("height", "weight") and not unit
    if value is None or bare:
        return False
    return _outside(value, unit, _limits(said, sayings))


def _slip(said: Said) -> bool:
    """Whether the reader may have lost the point of a figure: 44 for 4.4."""
    number = said.get("number")
    return said.fact.confidence < _CERTAIN and "." not in number and len(number) > 1


def _range(text: str) -> tuple[float, float] | None:
    found = re.findall(r"\d+(?:\.\d+)?", text)
    if len(found) == 2:
        return float(found[0]), float(found[1])
    return None


def _test_is_wrong(said: Said) -> bool:
    value = _number(said.get("number"))
    if value is None:
        return False
    if not (said.get("unit") or said.get("range")):
        return False
    limits = _TESTS.get(said.get("test"), ())
    span = _range(said.get("range"))
    if not _outside(value, said.get("unit"), limits):
        return False
    return span is None or not span[0] / 2 <= value <= span[1] * 2


def _key(said: Said, name: str) -> str:
    return f"{name} {said.get('number')} {said.get('unit')}".strip()


def findings(sayings: Sayings) -> Iterator[Finding]:
    """Figures that cannot be, in this record: a wrong unit, a lost point, two figures changed over.

    Each is judged in its own unit; a figure that the reader may have got wrong needs the page's
    own mark (H or L) beside it, or a sure reading.
    """
    for said in sayings.own(FactKind.VITAL):
        if said.fact.confidence >= _SURE and _sign_is_wrong(said, sayings):
            name = said.get("sign")
            spoken = "a blood pressure" if name == "bp" else _NAMES.get(name, f"a {name}")
            yield _finding(_SIGN, said, sayings, name, spoken)
    for said in sayings.own(FactKind.RESULT):
        if not _test_is_wrong(said) or (_slip(said) and not said.get("flag")):
            continue
        name = said.get("test")
        spoken = _NAMES.get(name, f"a result of {name.replace('_', ' ')}")
        yield _finding(_TEST, said, sayings, name, spoken)


def _finding(sort: Sort, said: Said, sayings: Sayings, name: str, spoken: str) -> Finding:
    reason = f'The page gives {spoken} of "{said.fact.quote}": that cannot be right.'
    return sort.finding(said, reason, f"{sayings.who} {_key(said, name)}")
