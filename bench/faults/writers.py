"""Starts many writers at once: one wins, all others are refused before any key is derived.

Each writer is a process of its own that waits at a gate. Meanwhile readers go on, and the
command line is refused with its exit code. The winner is then killed: the vault is free at once.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.faults import small
from bench.faults.small import PASSPHRASE, Outcome, Small
from vault.errors import Busy, Exit

SAMPLE = 200
ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import json, os, sys, time
from pathlib import Path
from vault.errors import VaultError
from vault.store import kdf
from vault.store.vault import Secret, open_vault
folder, state = Path(sys.argv[1]), Path(sys.argv[2])
passphrase, count = sys.argv[3], int(sys.argv[4])
gate, gate_end = os.pipe()
def one():
    os.close(gate_end)
    derived, real = [], kdf.derive
    def noted(*arguments):
        derived.append(1)
        return real(*arguments)
    kdf.derive = noted
    os.read(gate, 1)
    begun = time.monotonic()
    opened = None
    try:
        opened = open_vault(folder, Secret(passphrase), write=True, state=state)
        told = ["open", 0, ""]
    except VaultError as error:
        told = [type(error).__name__, int(error.exit_code), error.sentence]
    line = json.dumps([os.getpid(), *told, len(derived), time.monotonic() - begun]) + "\\n"
    os.write(1, line.encode())
    if opened is not None:
        with opened.write("setting.set") as db:
            db.execute("INSERT OR REPLACE INTO setting VALUES ('winner', 'yes')")
        time.sleep(600)
    os._exit(0)
for _ in range(count):
    if os.fork() == 0:
        one()
os.close(gate)
sys.stdin.readline()
os.close(gate_end)
for _ in range(count - 1):
    os.wait()
os.write(1, b"all but one have ended\\n")
os.wait()
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What one writer came to; `derived` is how often it derived a key, `seconds` how long."""

    pid: int
    what: str
    code: int
    sentence: str
    derived: int
    seconds: float


def environment(vault: Small) -> dict[str, str]:
    """A whole environment for a process over this vault."""
    home = vault.folder.parent
    (home / "passphrase").write_text(PASSPHRASE + "\n")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(home),
        "CHARTMEND_VAULT": str(vault.folder),
        "CHARTMEND_PASSPHRASE_FILE": str(home / "passphrase"),
    }


def judge(told: Sequence[Told]) -> list[str]:
    """What is wrong with the outcomes of writers that were started at once."""
    wrong = []
    winners = [one for one in told if one.what == "open"]
    if len(winners) != 1:
        wrong.append(f"{len(winners)} writers won")
    pids = {f"process {one.pid} " for one in winners}
    for one in told:
        if one.what == "open":
            continue
        if (one.what, one.code) != (Busy.__name__, int(Exit.BUSY)):
            wrong.append(f"a writer was told {one.what}, exit code {one.code}")
        elif one.derived:
            wrong.append("a writer derived a key before it was refused")
        elif not one.sentence.startswith((*pids, "another process ")):
            wrong.append(f"a refusal does not say who: {one.sentence!r}")
    return wrong


def beside(vault: Small) -> tuple[list[str], float]:
    """Read while a writer is there, and run a writing command; what is wrong, seconds to read."""
    wrong = []
    begun = time.monotonic()
    with vault.open() as opened:
        rows = opened.read().execute("SELECT count(*) FROM record").fetchone()
    took = time.monotonic() - begun
    if rows[0] != 3:
        wrong.append("a reader did not see the records")
    command = [sys.executable, "-P", "-m", "vault.cli.main"]
    command += ["person", "add", "Marian Voss", "--born", "1961-03-14"]
    done = subprocess.run(command, env=environment(vault), capture_output=True, check=False)
    if done.returncode != Exit.BUSY or b"has had this vault open" not in done.stderr:
        wrong.append(f"the command line ended with {done.returncode}: {done.stderr!r}")
    return wrong, took


def freed(vault: Small, pid: int) -> tuple[list[str], float]:
    """Kill the winner; what is wrong, and the seconds until another writer is in."""
    os.kill(pid, 9)
    begun = time.monotonic()
    while True:
        try:
            with vault.open(write=True) as opened:
                took = time.monotonic() - begun
                kept = opened.read().execute("SELECT value FROM setting WHERE name = 'winner'")
                wrong = [] if kept.fetchone() else ["what the winner wrote is lost"]
                return wrong + [f"{p.file}: {p.what}" for p in opened.verify(full=True)], took
        except Busy:
            if time.monotonic() - begun > 1:
                return ["the vault stayed busy after its writer was killed"], 1.0


def run(sample: int, seed: int) -> Outcome:  # noqa: ARG001 - nothing is drawn
    """Start `sample` writers at once."""
    out = Outcome()
    with tempfile.TemporaryDirectory() as place:
        vault = small.make(Path(place))
        command = [sys.executable, "-P", "-c", WRITER, str(vault.folder), str(vault.state)]
        with subprocess.Popen(
            [*command, PASSPHRASE, str(sample)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(vault),
        ) as gate:
            if gate.stdin is None or gate.stdout is None:
                raise OSError("no pipes")
            gate.stdin.write(b"go\n")
            gate.stdin.flush()
            lines = [gate.stdout.readline() for _ in range(sample + 1)]  # one says all have ended
            told = [Told(*json.loads(line)) for line in lines if line.startswith(b"[")]
            out.violations += judge(told)
            read_wrong, reading = beside(vault)
            out.violations += read_wrong
            winner = next((one.pid for one in told if one.what == "open"), 0)
            free_wrong, freeing = freed(vault, winner) if winner else ([], 0.0)
            out.violations += free_wrong
    refused = [one for one in told if one.what == Busy.__name__]
    out.figures.append(f"{sample} writers: {len(told) - len(refused)} won, {len(refused)} refused")
    if refused:
        slow = max(one.seconds for one in refused)
        usual = statistics.median(one.seconds for one in refused)
        out.figures.append(f"a refusal took {usual * 1000:.1f} ms, {slow * 1000:.1f} at most")
    out.figures.append(f"a reader beside the writer: open and read in {reading * 1000:.0f} ms")
    out.figures.append(f"after kill -9 the next writer was in after {freeing * 1000:.0f} ms")
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, SAMPLE)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
