"""Names of medicines: what a printed name means, and of which class it is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Drug:
    """A medicine: its name here, its ingredients, and the class it belongs to.

    `cross` tells whether an allergy to one of the class is a question for all of it. A class
    named as a whole ("sulfa drugs") has no ingredients.
    """

    name: str
    ingredients: tuple[str, ...]
    family: str
    cross: bool


@cache
def _book() -> tuple[dict[str, Drug], dict[str, Drug]]:
    """Medicines by every name they have, and classes by what allergy lists call them."""
    data = resources.files("vault.facts.data").joinpath("drugs.toml").read_bytes()
    drugs: dict[str, Drug] = {}
    classes: dict[str, Drug] = {}
    for family, held in tomllib.loads(data.decode()).items():
        cross = bool(held["cross"])
        for line in str(held["drugs"]).strip().splitlines():
            generic, _, names = line.partition(":")
            parts = tuple(generic.strip().split("+"))
            drug = Drug("-".join(parts), parts, family, cross)
            for name in (drug.name, *names.split(",")):
                if name.strip():
                    drugs[name.strip()] = drug
        for name in held["called"]:
            classes[name] = Drug(family, (), family, cross)
    return drugs, classes


def _pattern(names: list[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    held = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)
    return re.compile(rf"(?<![\w/+-])(?:{held})(?!\w|[-/+](?:\w{{4,}}))", re.I)


@cache
def drug_pattern() -> re.Pattern[str]:
    """Finds the names of medicines in text, the longest first."""
    return _pattern(list(_book()[0]))


@cache
def allergen_pattern() -> re.Pattern[str]:
    """Finds the names of medicines and of their classes in text, the longest first."""
    drugs, classes = _book()
    return _pattern([*drugs, *classes])


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def drug(text: str) -> Drug | None:
    """The medicine a name means, generic or brand; None for any other words."""
    return _book()[0].get(_key(text))


def allergen(text: str) -> Drug | None:
    """The class or medicine an allergy list means by a name; None for any other words."""
    return _book()[1].get(_key(text)) or drug(text)


@cache
def _families(ingredient: str) -> frozenset[str]:
    """The classes of a medicine that is this ingredient alone."""
    return frozenset(d.family for d in _book()[0].values() if d.ingredients == (ingredient,))


def reach(found: Drug) -> tuple[str, ...]:
    """What an allergy to this reaches: ingredients, and the class where all of it is in question.

    Classes whose members cross-react only rarely, as cephalosporins with penicillins or diuretics
    with sulfa antibiotics, are kept apart (Strom et al., N Engl J Med 2003;349:1628; Shenoy et
    al., JAMA 2019;321:188). An allergy and a medicine clash where `reach` and `makeup` meet.
    """
    whole = found.cross or not found.ingredients
    return (*found.ingredients, found.family) if whole else found.ingredients


def makeup(found: Drug) -> tuple[str, ...]:
    """What a medicine is made of and belongs to: ingredients and classes."""
    families = {found.family, *(f for i in found.ingredients for f in _families(i))}
    return (*found.ingredients, *sorted(families))
