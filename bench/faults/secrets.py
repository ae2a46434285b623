"""Wrong passphrases and mistyped recovery codes: none opens, codes are named before any key.

Passphrases are tried on a vault at the cheapest key derivation: near misses of the right one and
random ones. Every code has one to four characters wrong, or characters that changed places.
"""

from __future__ import annotations

import random
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from bench.faults import small
from bench.faults.small import PASSPHRASE, Outcome
from vault.errors import BadRecoveryCode, WrongPassphrase
from vault.store import keys, recovery, slots
from vault.store.keys import Secret

SAMPLE = 40_000
PASSPHRASES = 1_000


def near(right: str, rng: random.Random) -> str:
    """A passphrase one slip away from the right one, or another one altogether."""
    at = rng.randrange(len(right))
    other = chr(rng.choice((rng.randrange(33, 127), rng.randrange(0xA1, 0x17F))))
    return rng.choice(
        (
            right[:at] + other + right[at + 1 :],
            right[:at] + right[at + 1 :],
            right[:at] + other + right[at:],
            right[:at] + right[at].swapcase() + right[at + 1 :],
            right[:at] + right[at:][::-1],
            right + " " * rng.randrange(1, 4),
            right + "\0",
            right.replace("o", "\u043e"),
            "".join(chr(rng.randrange(33, 0x2FF)) for _ in range(rng.randrange(1, 40))),
        )
    )


def wrong_passphrases(folder: Path, count: int, rng: random.Random) -> list[str]:
    """Try so many different wrong passphrases; returns a line for each that was accepted."""
    tried, accepted = {PASSPHRASE}, []
    while len(tried) <= count:
        text = near(PASSPHRASE, rng)
        if unicodedata.normalize("NFKC", text) == PASSPHRASE or text in tried:
            continue
        tried.add(text)
        try:
            keys.unlock(folder, Secret(passphrase=text))
        except WrongPassphrase:
            continue
        accepted.append(f"a wrong passphrase was accepted (try {len(tried)})")
    return accepted


def slip(code: str, rng: random.Random) -> str:
    """The code with one to four characters wrong, or two or more that changed places."""
    letters, places = list(code), [i for i, c in enumerate(code) if c != "-"]
    if rng.randrange(4):
        for at in rng.sample(places, rng.randrange(1, 5)):
            letters[at] = rng.choice(recovery.ALPHABET.replace(letters[at], ""))
        return "".join(letters)
    first = rng.randrange(len(places) - 1)
    second = first + 1 if rng.randrange(2) else rng.randrange(len(places))
    one, other = places[first], places[second]
    letters[one], letters[other] = letters[other], letters[one]
    return "".join(letters)


def wrong_codes(folder: Path, count: int, rng: random.Random) -> list[str]:
    """Try so many mistyped codes; returns a line for each accepted, or named too late."""
    accepted: list[str] = []
    code = ""
    for number in range(count):
        if number % 100 == 0:
            code, _ = recovery.new_code()
        text = slip(code, rng)
        while text == code:
            text = slip(code, rng)
        try:
            keys.unlock(folder, Secret(recovery_code=text))
        except BadRecoveryCode:
            continue
        except WrongPassphrase:
            accepted.append(f"slip {number} was taken for a code and tried")
            continue
        accepted.append(f"slip {number} was accepted")
    return accepted


def run(sample: int, seed: int) -> Outcome:
    """Try a fortieth as many passphrases as the `sample` codes, and look what was derived."""
    out, rng = Outcome(), random.Random(seed)
    passphrases = max(1, sample * PASSPHRASES // SAMPLE)
    with tempfile.TemporaryDirectory() as place:
        vault = small.make(Path(place))
        out.violations += wrong_passphrases(vault.folder, passphrases, rng)
        tried: list[str] = []
        real = slots.unwrap

        def noted(
            slot: slots.Slot, vault_id: bytes, secret: str | bytes, key_file: bytes = b""
        ) -> bytes:
            tried.append(slot.id)
            return real(slot, vault_id, secret, key_file)

        slots.unwrap = noted
        try:
            out.violations += wrong_codes(vault.folder, sample, rng)
            before = len(tried)
            keys.unlock(vault.folder, Secret(recovery_code=vault.code)).keys.wipe()
        finally:
            slots.unwrap = real
    if before:
        out.violations.append(f"{before} keys were derived for mistyped codes")
    if len(tried) != before + 1:
        out.violations.append("the right code was not seen to be tried")
    out.figures.append(f"{passphrases} wrong passphrases, {sample} mistyped recovery codes")
    out.figures.append(f"keys derived for the codes: {before}")
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, SAMPLE)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
