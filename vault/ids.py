"""Prefixed random ids that can be shortened to any unique beginning."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from vault.errors import AmbiguousId, UnknownId

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, in lower case
LENGTH = 12

PREFIXES = {
    "record": "rec_",
    "fact": "fact_",
    "flag": "flag_",
    "request": "req_",
    "correction": "cor_",
    "provider": "prov_",
    "person": "per_",
    "letter": "let_",
    "office": "off_",
    "call": "call_",
    "statement": "stm_",
    "authority": "auth_",
    "document": "doc_",
    "request_item": "item_",
    "form": "form_",
    "reminder": "rem_",
    "evidence": "evi_",
    "remark": "note_",
    "recipient": "told_",
}


def new(noun: str) -> str:
    """Make an id for `noun`: its prefix and 60 random bits, so that short beginnings differ."""
    return PREFIXES[noun] + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def bounds(noun: str, given: str) -> tuple[str, str]:
    """The half-open range of ids that begin with `given` (with or without the prefix).

    Raises UnknownId where the text cannot be the beginning of such an id.
    """
    prefix = PREFIXES[noun]
    text = given.strip().lower()
    body = text.removeprefix(prefix)
    if len(body) > LENGTH or any(c not in ALPHABET for c in body) or not (body or text):
        raise UnknownId(noun, given)
    return prefix + body, prefix + body + "{"  # "{" sorts after every letter of the alphabet


def pick(noun: str, given: str, found: Sequence[str]) -> str:
    """Choose the one id of `found` that `given` names; raise UnknownId or AmbiguousId."""
    if not found:
        raise UnknownId(noun, given)
    if len(found) > 1:
        raise AmbiguousId(noun, given, len(found))
    return found[0]
