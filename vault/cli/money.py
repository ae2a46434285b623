"""Amounts of money typed at the command line."""

from __future__ import annotations

from vault.actions.money import amount, line

__all__ = ["amount", "line"]
