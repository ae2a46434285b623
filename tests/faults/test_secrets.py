"""Wrong passphrases and mistyped codes: none is accepted, and a door left open is seen."""

from __future__ import annotations

import pytest

from bench.faults import secrets
from vault.store import kdf, recovery


def test_no_wrong_secret_opens_the_vault() -> None:
    """A sample of both kinds; slips in a code cost no key derivation."""
    found = secrets.run(2000, seed=3)
    assert found.violations == []
    assert found.figures[0] == "50 wrong passphrases, 2000 mistyped recovery codes"


def test_without_its_checksum_slips_in_a_code_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: a code whose checksum is not looked at goes as far as the keys."""
    monkeypatch.setattr(recovery, "_checked", lambda _values: recovery._BECH32M)
    found = secrets.run(40, seed=3)
    assert any("was taken for a code and tried" in line for line in found.violations)
    assert any(line.endswith("keys were derived for mistyped codes") for line in found.violations)


def test_a_passphrase_that_is_accepted_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: where every passphrase stretches to the same key, each try is a violation."""
    monkeypatch.setattr(kdf, "derive", lambda *_: bytes(32))
    found = secrets.run(80, seed=3)
    assert any(line.startswith("a wrong passphrase was accepted") for line in found.violations)
