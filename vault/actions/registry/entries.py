"""What a row of the registry says of a provider, whether it came as CSV or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vault.errors import BadInput
from vault.law.rules import STATES
from vault.model.npi import is_npi, kind_of
from vault.model.providers import ProviderKind
from vault.safetext import safe_line

_ORGANISATION, _PERSON = "2", "1"
_MOST_TAXONOMIES = 15
_MOST_ROWS = 30
"""Names, addresses or taxonomies that are looked at in one result of the search."""


class BadRow(Exception):
    """A row that cannot be used, with the reason as a clause; it never leaves this package."""


@dataclass(frozen=True, slots=True)
class Location:
    """An address of the registry, and how it is called or faxed."""

    lines: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal: str = ""
    country: str = ""
    phone: str = ""
    fax: str = ""

    @property
    def address(self) -> tuple[str, ...]:
        """The address as on an envelope, empty where there is none."""
        place = " ".join(p for p in (self.state, self.postal) if p)
        last = ", ".join(p for p in (self.city, place) if p)
        abroad = self.country if self.country not in ("", "US") else ""
        return tuple(line for line in (*self.lines, last, abroad) if line)


@dataclass(frozen=True, slots=True)
class Entry:
    """A provider of the registry: `practice` is where it works, `mailing` where letters go."""

    npi: str
    name: str
    other_names: tuple[str, ...]
    practice: Location
    mailing: Location
    taxonomies: tuple[str, ...]
    deactivated: bool = False

    @property
    def kind(self) -> ProviderKind:
        """The kind of holder that its taxonomies mean, the primary one first."""
        found = (kind_of(code) for code in self.taxonomies)
        return next((kind for kind in found if kind is not ProviderKind.OTHER), ProviderKind.OTHER)

    @property
    def site(self) -> Location:
        """The practice's address, or the one for mail where there is no other."""
        return self.practice if self.practice.address else self.mailing

    @property
    def jurisdiction(self) -> str:
        """The place whose rules hold: the state of the practice, else the whole country."""
        state = self.site.state.lower()
        at_home = self.site.country in ("", "US")
        return f"us-{state}" if at_home and state in STATES else "us"


def _postal(text: str) -> str:
    digits = safe_line(text, 20)
    return f"{digits[:5]}-{digits[5:]}" if digits.isdigit() and len(digits) == 9 else digits


def _phone(text: str) -> str:
    given = safe_line(text, 40)
    plain = given.isdigit() and len(given) == 10
    return f"{given[:3]}-{given[3:6]}-{given[6:]}" if plain else given


def location(get: Mapping[str, str], prefix: tuple[str, str]) -> Location:
    """The address under a pair of column prefixes of the CSV: that of lines, that of the rest."""
    lines = (f"Provider {n} Line {prefix[0]}" for n in ("First", "Second"))
    rest = f"Provider {prefix[1]}"
    return Location(
        lines=tuple(line for name in lines if (line := safe_line(get.get(name, ""), 100))),
        city=safe_line(get.get(f"{rest} City Name", ""), 60),
        state=safe_line(get.get(f"{rest} State Name", ""), 40),
        postal=_postal(get.get(f"{rest} Postal Code", "")),
        country=safe_line(get.get(f"{rest} Country Code (If outside U.S.)", ""), 2).upper(),
        phone=_phone(get.get(f"{rest} Telephone Number", "")),
        fax=_phone(get.get(f"{rest} Fax Number", "")),
    )


def _joined(*parts: str) -> str:
    return " ".join(text for part in parts if (text := safe_line(part, 100)))


def _titled(name: str, credential: str) -> str:
    credential = safe_line(credential, 40)
    return f"{name}, {credential}" if name and credential else name


def _checked(npi: str) -> str:
    number = safe_line(npi, 20)
    if not is_npi(number):
        raise BadRow(f"{number or 'nothing'} is no NPI: its check digit is wrong")
    return number


def _named(entry: Entry) -> Entry:
    if not entry.name and not entry.deactivated:
        raise BadRow("it has no name")
    return entry


_MAILING = ("Business Mailing Address", "Business Mailing Address")
_PRACTICE = ("Business Practice Location Address", "Business Practice Location Address")


def _person_name(get: Mapping[str, str], which: str, tail: str = "") -> str:
    first = (get.get(f"Provider {which}{part} Name{tail}", "") for part in ("First", "Middle"))
    last = get.get(f"Provider {which}Last Name{tail or ' (Legal Name)'}", "")
    return _joined(*first, last)


def from_csv(get: Mapping[str, str]) -> Entry:
    """The entry of a row of the registry's CSV, by column names; raises BadRow."""
    npi = _checked(get.get("NPI", ""))
    entity = get.get("Entity Type Code", "").strip()
    gone = get.get("NPI Deactivation Date", "").strip()
    back = get.get("NPI Reactivation Date", "").strip()
    deactivated = bool(gone) and not back
    if entity not in (_ORGANISATION, _PERSON) and not deactivated:
        raise BadRow("it says neither organization nor individual")
    if entity == _PERSON:
        credential = get.get("Provider Credential Text", "")
        name = _titled(_person_name(get, ""), credential)
        last = get.get("Provider Other Last Name", "")
        others = [_joined(get.get("Provider Other First Name", ""), last)] if last.strip() else []
    else:
        name = safe_line(get.get("Provider Organization Name (Legal Business Name)", ""), 200)
        others = [safe_line(get.get("Provider Other Organization Name", ""), 200)]
    entry = Entry(
        npi=npi,
        name=name,
        other_names=tuple(other for other in others if other and other != name),
        practice=location(get, _PRACTICE),
        mailing=location(get, _MAILING),
        taxonomies=_csv_taxonomies(get),
        deactivated=deactivated,
    )
    return _named(entry)


def _csv_taxonomies(get: Mapping[str, str]) -> tuple[str, ...]:
    """The taxonomy codes of a row, the primary one first."""
    found: list[tuple[bool, str]] = []
    for at in range(1, _MOST_TAXONOMIES + 1):
        code = get.get(f"Healthcare Provider Taxonomy Code_{at}", "").strip()
        if code:
            primary = get.get(f"Healthcare Provider Primary Taxonomy Switch_{at}", "").strip()
            found.append((primary != "Y", code))
    return tuple(code for _, code in sorted(found, key=lambda pair: pair[0]))


def _text(row: Mapping[str, object], key: str) -> str:
    held = row.get(key)
    return held if isinstance(held, str) else str(held) if isinstance(held, int) else ""


def _rows(row: Mapping[str, object], key: str) -> Iterable[Mapping[str, object]]:
    held = row.get(key)
    listed = held if isinstance(held, list) else []
    return [part for part in listed[:_MOST_ROWS] if isinstance(part, dict)]


def _json_location(row: Mapping[str, object]) -> Location:
    lines = (safe_line(_text(row, key), 100) for key in ("address_1", "address_2"))
    return Location(
        lines=tuple(line for line in lines if line),
        city=safe_line(_text(row, "city"), 60),
        state=safe_line(_text(row, "state"), 40),
        postal=_postal(_text(row, "postal_code")),
        country=safe_line(_text(row, "country_code"), 2).upper(),
        phone=_phone(_text(row, "telephone_number")),
        fax=_phone(_text(row, "fax_number")),
    )


def _json_names(basic: Mapping[str, object], row: Mapping[str, object]) -> tuple[str, ...]:
    """The name and the other names of a result of the registry's API."""
    person = _joined(*(_text(basic, f"{part}_name") for part in ("first", "middle", "last")))
    name = safe_line(_text(basic, "organization_name") or _text(basic, "name"), 200)
    name = name or _titled(person, _text(basic, "credential"))
    found = dict.fromkeys([name])
    for other in _rows(row, "other_names"):
        parts = (_text(other, f"{part}_name") for part in ("first", "middle", "last"))
        found[safe_line(_text(other, "organization_name"), 200) or _joined(*parts)] = None
    return (name, *(other for other in found if other and other != name))


def from_json(row: object) -> Entry:
    """The entry of a result of the registry's API; raises BadRow."""
    if not isinstance(row, dict):
        raise BadRow("it is no result of the registry")
    held: Mapping[str, object] = row
    basic = held.get("basic")
    basic = basic if isinstance(basic, dict) else {}
    name, *others = _json_names(basic, held)
    places = {
        _text(a, "address_purpose").upper(): _json_location(a) for a in _rows(held, "addresses")
    }
    ordered = sorted(_rows(held, "taxonomies"), key=lambda t: t.get("primary") is not True)
    entry = Entry(
        npi=_checked(_text(held, "number")),
        name=name,
        other_names=tuple(others),
        practice=places.get("LOCATION", Location()),
        mailing=places.get("MAILING", Location()),
        taxonomies=tuple(_text(t, "code") for t in ordered if _text(t, "code")),
        deactivated=_text(basic, "status").upper() not in ("", "A"),
    )
    return _named(entry)


def check_header(header: Iterable[str], file: str) -> None:
    """Raise BadInput where a CSV's first line is not one of the registry."""
    names = set(header)
    lacking = [n for n in ("NPI", "Entity Type Code") if n not in names]
    if lacking:
        raise BadInput(
            f"{file} is not a file of the NPI registry: it has no column {lacking[0]!r}",
            "give the registry's npidata CSV, or the JSON its search page answers with",
        )
