"""What the emergency sheet says: how to open the vault without anybody's help."""

from __future__ import annotations

from vault.letters.compose import inline, written_out
from vault.letters.render import Typesetter, typeset
from vault.model.emergency import EmergencySheet
from vault.model.letters import Typeset

TITLE = "How to open my health-record vault"
GROUPS = 8
"""A recovery code has so many groups of four characters."""
_SHORT = 8


def _short(vault: str) -> str:
    """The beginning of the vault's id, enough to tell two vaults of a household apart."""
    return f"{vault[:4]} {vault[4:_SHORT]}"


def _known(sheet: EmergencySheet) -> list[list[str]]:
    rows = [
        ["Whose vault", inline(sheet.owner)],
        ["Vault number", f"begins with {_short(sheet.vault)}"],
        ["This sheet", f"made on {written_out(sheet.on)}"],
        ["The vault's folder", inline(sheet.folder)],
    ]
    return [row for row in rows if row[1]]


def _steps() -> list[dict[str, str]]:
    """What to do, in order; a command is what is typed, word for word."""
    return [
        {
            "do": "Have the program chartmend on a computer. If the vault's own computer is "
            "gone, any other with Linux and Python will do: install it as the file README.md of "
            "the project says. Where to get it stands below; a copy kept beside the backup saves "
            "the search.",
            "type": "",
        },
        {
            "do": "If the vault is still where it was, skip this step. If it is lost, put it "
            "back from the backup into a new, empty place. DIR is the backup's folder. It asks for "
            "the recovery code; leave --recovery out where you know the passphrase.",
            "type": "chartmend restore DIR --to NEW --recovery",
        },
        {
            "do": "If the passphrase is forgotten or unknown, open the vault with the recovery "
            "code and give it a new passphrase. NEW is the place of step 2; if you skipped that, "
            "it is the vault's own folder, named above.",
            "type": "chartmend --vault NEW recovery use",
        },
        {
            "do": "Open it. Everything is there: records, requests, letters. In the app, press ? "
            "for help.",
            "type": "chartmend --vault NEW",
        },
    ]


def compose(sheet: EmergencySheet) -> dict[str, object]:
    """Everything the template needs; every string has passed `safetext`."""
    return {
        "title": TITLE,
        "paper": sheet.paper,
        "date": [sheet.on.year, sheet.on.month, sheet.on.day],
        "intro": (
            "A vault is a folder of medical records, encrypted so that nobody can read it "
            "without its passphrase or its recovery code. The program chartmend made it. If the "
            "passphrase is forgotten, or somebody else has to open the vault, this sheet is what "
            "they need."
        ),
        "warning": (
            "Keep this sheet like the key to a safe, and not beside the backup. Whoever has the "
            "recovery code and the vault, or a backup of it, can read everything in it. Without "
            "the passphrase and without the code, nobody can open it, ever."
        ),
        "known": _known(sheet),
        "backup": inline(sheet.backup),
        "groups": sheet.code.split("-") if sheet.code else [""] * GROUPS,
        "code_known": bool(sheet.code),
        "code_note": (
            "Printed here on request. Any older code no longer opens the vault. Backups made "
            "before this sheet open with the older code only: back up once more."
            if sheet.code
            else "The program keeps the code nowhere. Write it in by hand, in capitals, from where "
            "you noted it. If it is lost, make a new one while the vault is open: "
            "chartmend recovery new"
        ),
        "steps": _steps(),
        "without": (
            "If chartmend itself is no longer to be had: the file docs/vault-format.md of the "
            "project tells, byte by byte, what is in the vault and how it is encrypted, in "
            "standard ways, so that a programmer can write a program that reads it."
        ),
        "again": (
            "Make a new sheet when the vault or the backup moves, and destroy this one when the "
            "recovery code is replaced."
        ),
    }


def render(sheet: EmergencySheet, typesetter: Typesetter) -> Typeset:
    """Typeset the sheet; the same sheet gives the same bytes.

    Raises MissingGlyphs where a character cannot be printed.
    """
    return typeset("emergency", compose(sheet), sheet.on, typesetter)
