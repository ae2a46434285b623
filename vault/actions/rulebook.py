"""The rules that count in this vault: the program's places with what the person added to them."""

from __future__ import annotations

from vault.law import book as books
from vault.law.book import Book
from vault.store import laws
from vault.store.database import Db
from vault.store.handle import OpenVault

__all__ = ["Book", "book", "tell"]


def book(db: Db) -> Book:
    """The book of places as it stands in the vault now; asking again costs next to nothing."""
    return books.with_added(laws.files(db), laws.days(db))


def tell(vault: OpenVault) -> None:
    """Add a notice for every file of places that cannot be used, and is left out."""
    for name, why in book(vault.read()).left_out.items():
        vault.tell(f"the file of places {name!r} is left out: {why}")
