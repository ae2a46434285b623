"""A stand-in for the optional `keyring` library, with the parts of it that are used."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import ClassVar

import pytest


class KeyringError(Exception):
    """As in keyring.errors."""


class NoKeyringError(KeyringError, RuntimeError):
    """As in keyring.errors."""


class PasswordDeleteError(KeyringError):
    """As in keyring.errors."""


class Backend:
    """A keyring that keeps what it is given; `broken` makes it refuse."""

    priority: ClassVar[float] = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken: Exception | None = None
        self.forgetful = False

    def _check(self) -> None:
        if self.broken is not None:
            raise self.broken

    def get(self, service: str, name: str) -> str | None:
        self._check()
        return self.kept.get((service, name))

    def put(self, service: str, name: str, secret: str) -> None:
        self._check()
        if not self.forgetful:
            self.kept[service, name] = secret

    def drop(self, service: str, name: str) -> None:
        self._check()
        if (service, name) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, name]


def install(monkeypatch: pytest.MonkeyPatch, backend: Backend) -> Backend:
    """Let `import keyring` give this backend for a test."""
    library, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    for error in (KeyringError, NoKeyringError, PasswordDeleteError):
        setattr(errors, error.__name__, error)
    members = {
        "errors": errors,
        "get_keyring": lambda: backend,
        "get_password": backend.get,
        "set_password": backend.put,
        "delete_password": backend.drop,
    }
    for name, member in members.items():
        setattr(library, name, member)
    monkeypatch.setitem(sys.modules, "keyring", library)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return backend


def remove(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `import keyring` fail, as where the library is not installed."""
    monkeypatch.setitem(sys.modules, "keyring", None)
