"""Units and terms of medicine whose signs look alike, read as what they can only be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vault.model.words import Word

# As laboratories print them (UCUM and the Joint Commission's list of units).
_UNITS = (
    "mg/dL", "g/dL", "ng/dL", "ug/dL", "mcg/dL", "mg/L", "ug/L", "g/L", "ng/mL", "pg/mL", "ug/mL",
    "mcg/mL", "mg/mL", "IU/L", "U/L", "mIU/L", "IU/mL", "U/mL", "mIU/mL", "uIU/mL", "K/uL", "M/uL",
    "mmol/L", "umol/L", "nmol/L", "pmol/L", "mol/L", "mEq/L", "mOsm/kg", "mL/min", "mL/min/1.73",
    "L/min", "mL/hr", "fL", "CO2", "pCO2", "SpO2", "HbA1c", "mmHg",
)  # fmt: skip
_SMALL = {unit.replace("L", "l"): unit for unit in _UNITS if unit.endswith("L")}
_RIGHT = {*_UNITS, *(unit.replace("L", "l") for unit in _UNITS), "O2"}
_LOOKS = {"I": "[Il1|!i]", "l": "[lI1|]", "1": "[1lI|]", "O": "[O0o]", "C": "[Cc]", "u": "[uµμ]"}
_LITRE = "[LlIt1|ib£eu]"
_A1C = re.compile(r"A[lI1|i!][cC]")
_BEFORE_A1C = re.compile(r"(?:h[a]?emoglobin|hgb|hb|glycated|glycosylated)[,:]?", re.IGNORECASE)
_B12 = re.compile(r"[B8][lI1|]2")
_RULE = re.compile(r"^[|¦]+(?=\w|$)|(?<=\w)[|¦]+$")  # what is left of the line of a table
_POINT_LOST = re.compile(r"(\d{1,3})[,:](\d{1,2})|(0),(\d+)")
_ZERO = re.compile(r"[@®©Ø](?=$|\.\d)")  # a nought with a slash, as some typewriters have it
_DECIMAL = re.compile(r"\d+\.\d+")
_TABLE_DECIMALS = 10
_INFERRED = 60
"""How sure a figure can be whose sign was inferred: the app marks it as unsure."""


def _pattern(unit: str) -> re.Pattern[str]:
    parts = [_LITRE if sign == "L" else _LOOKS.get(sign, re.escape(sign)) for sign in unit]
    return re.compile("".join(parts))


_PATTERNS = tuple((_pattern(unit), unit) for unit in _UNITS)


def mended(words: Sequence[Word], language: str) -> Iterator[Word]:
    """The words with units, A1c, B12 and, in English, `I` and lost decimal points put right.

    Only what means nothing as it was read is changed.
    """
    english = "eng" in language.split("+")
    table = sum(bool(_DECIMAL.fullmatch(w.text)) for w in words) >= _TABLE_DECIMALS
    large = sum(w.text in _SMALL.values() for w in words)
    small = sum(w.text in _SMALL for w in words)
    for n, word in enumerate(words):
        before = words[n - 1].text if n else ""
        after = words[n + 1].text if n + 1 < len(words) else ""
        text = _term(word.text, before)
        if english and text == "|" and after.isalpha() and after.islower():
            text = "I"
        text = _RULE.sub("", text)
        if not text:
            continue
        sure = word.confidence
        if english and table and (figure := _with_point(_ZERO.sub("0", text))) != text:
            text, sure = figure, min(sure, _INFERRED)
        if large > 2 * small:  # one page writes its units in one way
            text = _SMALL.get(text, text)
        yield word if text == word.text else replace(word, text=text, confidence=sure)


def _term(text: str, before: str) -> str:
    if _A1C.fullmatch(text) and _BEFORE_A1C.fullmatch(before):
        return "A1c"
    if _B12.fullmatch(text) and before.casefold() in {"vitamin", "vit", "vit."}:
        return "B12"
    if text in _RIGHT:
        return text
    found = [unit for pattern, unit in _PATTERNS if pattern.fullmatch(text)]
    return found[0] if len(found) == 1 else text


def _with_point(text: str) -> str:
    """A figure of a table with the decimal point that was read as another sign.

    Thousands have three digits behind their comma, minutes two behind a colon.
    """
    found = _POINT_LOST.fullmatch(text)
    if found is None or (":" in text and len(text.partition(":")[2]) == 2):
        return text
    return re.sub("[,:]", ".", text)
