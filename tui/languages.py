"""Tesseract's languages by the names people know them by."""

from __future__ import annotations

_NAMES = {
    "ara": "Arabic",
    "ces": "Czech",
    "chi_sim": "Chinese (simplified)",
    "chi_tra": "Chinese (traditional)",
    "deu": "German",
    "eng": "English",
    "fra": "French",
    "hat": "Haitian Creole",
    "hin": "Hindi",
    "ita": "Italian",
    "jpn": "Japanese",
    "kor": "Korean",
    "nld": "Dutch",
    "pol": "Polish",
    "por": "Portuguese",
    "rus": "Russian",
    "spa": "Spanish",
    "tgl": "Tagalog",
    "ukr": "Ukrainian",
    "vie": "Vietnamese",
}


def named(language: str) -> str:
    """A language, or several joined by `+`, by name: `English and Spanish`; else as it is."""
    return " and ".join(_NAMES.get(part, part) for part in language.split("+"))
