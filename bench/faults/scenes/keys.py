"""Making a vault, and changing what opens it."""

from __future__ import annotations

from pathlib import Path

from bench.faults import homes
from bench.faults.papers import ReadyPool
from bench.faults.promises import ANY, Said, Tell
from bench.faults.scene import Scene
from vault.actions.session import Session
from vault.store.kdf import CHEAPEST
from vault.store.vault import Secret, create

PHRASES = ("granite spoon", "amber ladder", "quiet bicycle", "seven maps")


def _passphrases(home: Path, tell: Tell) -> None:
    held = homes.PASSPHRASE
    for number, phrase in enumerate(PHRASES):
        with homes.opened(home, Secret(held)) as s:
            with tell.promise(s, {"secret:passphrase": phrase}):
                s.vault.change_passphrase(phrase, CHEAPEST)
            if number % 2:
                tell.send(Said("about", "secret:code", ANY))
                code = s.vault.change_recovery_code()
                tell.done("secret:code", code)
        held = phrase


def _nothing(home: Path, tell: Tell) -> None:
    """An empty home."""


def _init(home: Path, tell: Tell) -> None:
    vault, code = create(
        homes.folder(home), homes.PASSPHRASE, profile=CHEAPEST, state=homes.state(home)
    )
    tell.done("secret:passphrase", homes.PASSPHRASE)
    tell.done("secret:code", code)
    Session(vault, ReadyPool()).close()


SCENES = (
    Scene("passphrase", homes.settle, _passphrases),
    Scene("init", _nothing, _init),
)
