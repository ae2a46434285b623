"""Which sex a page gives its patient: printed in a banner, said in prose, or by an organ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.facts.identity import births
from vault.facts.labels import KIN, Label
from vault.facts.page import Laid, after, below
from vault.facts.prose import Prose, Sentence
from vault.facts.tokens import Row, fold
from vault.facts.values import Found
from vault.model.facts import Fact, FactKind

_SEXES = {"m": "male", "male": "male", "f": "female", "female": "female"}
_GAP = 3
_AGE = r"\b\d{1,3}[- ]?(?:years?|yrs?|y)(?:[- ]?olds?|[/. ]?o\.?)?[,.]?[- ]+"
_SAID = re.compile(
    rf"{_AGE}(?:[\w-]+,? ){{0,4}}?(?P<aged>male|female|man|woman|gentleman|lady|boy|girl)\b"
    r"|\bthis (?:\w+ ){0,2}(?P<this>gentleman|lady|woman|man)\b"
    r"|\b(?:pleasant|nice|delightful|elderly|young) (?P<nice>gentleman|lady|woman|man)\b"
    r"|\b(?:the )?patient is an? (?:[\w-]+,? ){0,5}?"
    r"(?P<isa>male|female|man|woman|gentleman|lady)\b"
    r"|\b(?:normal|unremarkable) (?P<shape>male|female) (?:external )?(?:genitalia|genitals)\b"
    r"|\b(?P<who>male|female) patient\b",
    re.I,
)
_SHORT = re.compile(r"\b\d{1,3} ?-?(?:y/?o|yo|y\.o\.|year[- ]?old|yr[- ]?old) (?P<mark>[MF])\b")
_MEN = frozenset(["male", "man", "gentleman", "boy", "m"])
_WOMEN = (
    r"uter(?:us|ine)|ovar(?:y|ies|ian)|cervix|vagina(?:l)?|vulva|fallopian|adnexa\w*|"
    r"hysterectomy|oophorectomy|menstrual|menses|menarche|menopaus\w+|pap smear|pregnan\w+|"
    r"gravida|g\d+ ?p\d+|endometri\w+|lmp|last menstrual period|introitus|labia"
)
_MENS = (
    r"prostat(?:e|ic|ectomy|itis)|testic(?:le|les|ular)|testes|testis|scrot(?:um|al)|penis|"
    r"penile|seminal vesicles?|epididym\w+|vasectomy|bph|foreskin|circumcised|glans"
)
_ORGAN = re.compile(rf"\b(?:(?P<female>{_WOMEN})|(?P<male>{_MENS}))\b", re.I)
_FAMILY = re.compile(r"\bfamily history\b|\bfamily hx\b|\bfhx?\b", re.I)
_OTHERS = re.compile(
    r"\b(?:newborn|baby|infant|fetus|partner|husband|wife|spouse|not applicable|n/a|if (?:you|the)|"
    r"screening|women|men|pregnancy test|all (?:patients|women|men)|may|should)\b",
    re.I,
)


def printed(laid: Laid) -> Iterator[Fact]:
    """The sex a label or a banner gives: `Sex: F`, `*1961-03-14 F`, `DOB 03/14/1961 (F)`."""
    seen_words: set[int] = set()
    for seen in laid.seen(Label.SEX):
        if laid.of_kin(seen.row, seen.start):
            continue
        row, number = laid.rows[seen.row], seen.row
        found = _sex_at(row, after(row, seen.stop))
        for below_row, at in below(laid, seen) if found is None else ():
            found, number = _sex_at(laid.rows[below_row], at), below_row
            break
        if found:
            seen_words.add(laid.rows[number].tokens[found.start].word)
            yield laid.fact(FactKind.SEX, number, found, laid.label_text(seen))
    for number, found in _after_births(laid):
        if laid.rows[number].tokens[found.start].word not in seen_words:
            yield laid.fact(FactKind.SEX, number, found, "banner")


def _sex_at(row: Row, at: int) -> Found | None:
    if at >= len(row.tokens):
        return None
    value = _SEXES.get(row.tokens[at].text.casefold().rstrip(".,;"))
    return Found(value, at, at + 1) if value else None


def _after_births(laid: Laid) -> Iterator[tuple[int, Found]]:
    ends = {fact.span.stop for fact in births(laid)}
    for number, row in enumerate(laid.rows):
        for at, token in enumerate(row.tokens):
            if token.word not in ends or (at and row.tokens[at - 1].word == token.word):
                continue
            for place in range(at, min(at + _GAP, len(row.tokens))):
                found = _sex_at(row, place)
                if found and row.tokens[place].text[0].isupper():
                    yield number, found
                    break
                if row.tokens[place].text.isalnum():
                    break


def _of_kin(sentence: Sentence, at: int) -> bool:
    words = re.findall(r"[^\W\d_]+", sentence.text[:at])
    return any(fold(word) in KIN for word in words)


def said(page: Prose) -> Iterator[Fact]:
    """The sex prose gives the patient: `59-year-old male`, `this pleasant lady`."""
    for sentence in page.sentences():
        told = (*_SAID.finditer(sentence.text), *_SHORT.finditer(sentence.text))
        for found in told:
            sex = _sex_of(next(group for group in found.groups() if group))
            kin = _of_kin(sentence, found.start()) or _OTHERS.search(sentence.text)
            if kin or _after_of(sentence.text[: found.start()]):
                continue
            start = sentence.start + found.start()
            yield page.fact(FactKind.SEX, sex, start, sentence.start + found.end(), "said")


def _sex_of(word: str) -> str:
    return "male" if word.casefold() in _MEN else "female"


def _after_of(before: str) -> bool:
    """Whether what stands before makes it somebody else: `father of a`, `lives with a`."""
    return re.search(r"\b(?:of|with|for|by|to|from) (?:an? |her |his |the )?$", before) is not None


def bodies(page: Prose) -> Iterator[Fact]:
    """Organs only one sex has, where a page tells of the patient's; not those of relatives."""
    family = False
    for sentence in page.sentences():
        heading = re.match(r"([A-Z][\w /&]{2,40}?)\s*:", sentence.text)
        if _FAMILY.search(sentence.text[:40]):
            family = True
        elif heading or sentence.text[:30].isupper():
            family = False
        for found in _ORGAN.finditer(sentence.text):
            others = _OTHERS.search(sentence.text) or _of_kin(sentence, len(sentence.text))
            if family or others:
                continue
            sex = "male" if found["male"] else "female"
            start = sentence.start + found.start()
            yield page.fact(FactKind.SEX, sex, start, sentence.start + found.end(), "body")
