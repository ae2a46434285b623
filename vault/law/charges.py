"""What a line of a bill is for, read from its words by plain rules a person can overrule."""

from __future__ import annotations

import re

from vault.law.fees import Charge
from vault.law.rows import Medium

_RULES: tuple[tuple[Charge, str], ...] = (
    (Charge.INSPECTION, r"inspect|viewing|look(ing)? at"),
    (Charge.PORTAL, r"portal|download"),
    (Charge.CERTIFICATION, r"certif|notar|affidavit|attest"),
    (Charge.POSTAGE, r"postage|shipping|mailing|courier|stamps?\b|freight"),
    (Charge.VERIFICATION, r"verif|review|redact|quality"),
    (Charge.RETRIEVAL, r"retriev|off.?site|pull(ing)?\b|archiv"),
    (Charge.SEARCH, r"search|locat(e|ing)|research|look.?up"),
    (Charge.SYSTEM, r"system|storage|maintenance|technology|infrastructure|data access"),
    (Charge.SUMMARY, r"summar|explanation"),
    (Charge.PER_PAGE, r"per page|a page|each page|/ ?page|pages?\b|@"),
    (Charge.MEDIA, r"\bcds?\b|dvd|\busb\b|dis[ck]s?\b|thumb|flash drive|memory stick|media\b"),
    (Charge.SUPPLIES, r"suppl|paper\b|toner|envelope|materials?\b"),
    (Charge.FLAT, r"flat|basic fee|base fee|administrat|handling|processing|clerical"),
    (Charge.COPYING, r"cop(y|ies|ying)|reproduc|scan|duplicat|print|labou?r"),
    (Charge.TOTAL, r"^(grand )?total|amount due|balance"),
)
_PLAIN = re.compile(r"[\s_-]+")
_ELECTRONIC_ORIGINAL = re.compile(r"electronic.*electronic|\behr\b|\bemr\b", re.IGNORECASE)
_MEDIA: tuple[tuple[Medium, str], ...] = (
    (Medium.MICROFILM, r"microfilm|microfiche"),
    (
        Medium.ELECTRONIC,
        r"electronic|e-?mail|pdf|portal|\bcd|dvd|\busb|dis[ck]\b|download|digital|fhir|dicom|c-?cda",
    ),
    (Medium.PAPER, r"paper|print|photocop|fax|\bmail|hard copy"),
)


def _named(words: str) -> Charge | None:
    plain = _PLAIN.sub("_", words.strip().lower())
    return Charge(plain) if plain in Charge.__members__.values() else None


def charge(words: str) -> Charge:
    """What a line is for by its words.

    `search: handling` says it outright: a charge's name before a colon overrules the words.
    """
    head, colon, _ = words.partition(":")
    named = _named(head) if colon else _named(words)
    if named is not None:
        return named
    text = words.lower()
    return next((kind for kind, rule in _RULES if re.search(rule, text)), Charge.OTHER)


def medium(words: str) -> Medium:
    """On what a copy comes, by the words for it; ANY where they do not say."""
    return next((m for m, rule in _MEDIA if re.search(rule, words.lower())), Medium.ANY)


def kept_electronically(words: str) -> bool:
    """Whether the words for a medium say that the record itself is kept electronically."""
    return bool(_ELECTRONIC_ORIGINAL.search(words))
