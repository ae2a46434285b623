"""Running a fault bench as its own command, in a process of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SUM = re.compile(r"(\d+) (?:distinct|faults).*: (\d+) with a loss", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a bench printed and how it ended: what it tried, and how often something was lost."""

    code: int
    tried: int
    broken: int
    text: str


def run(bench: str, *options: str) -> Figure:
    """Run a bench; skips the test where this machine cannot watch a process."""
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    command = [sys.executable, "-m", "bench.faults", bench, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "cannot watch" in done.stderr:
        pytest.skip("this machine does not let one process watch another")
    found = _SUM.search(done.stdout)
    assert found, done.stdout + done.stderr
    return Figure(done.returncode, int(found[1]), int(found[2]), done.stdout)
