"""The script that sets up and starts: it is plain sh, and starts the command from anywhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from vault.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
RUN = ROOT / "run"


def test_run_is_posix_sh() -> None:
    """A plain sh reads the script without an error."""
    assert RUN.read_text().startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", RUN], check=True)
    assert os.access(RUN, os.X_OK)


def test_ci_runs_what_a_person_runs() -> None:
    """CI calls `./run test` and nothing of its own."""
    assert "exec ./run test" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_hashes_and_names_no_address(lock: str) -> None:
    """Every package is pinned by version and hash, and no index or download address is named."""
    lines = (ROOT / lock).read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(packages) > 20
    assert all("==" in line and line.endswith("\\") for line in packages)
    assert not any("://" in line or "index" in line for line in lines)


def test_run_starts_the_command_from_another_folder(tmp_path: Path) -> None:
    """`./run ARGS` is `chartmend ARGS`, wherever it is called from, once set up."""
    if not (ROOT / ".venv" / "requirements.lock").exists():
        pytest.skip("this environment was not made by ./run")
    done = subprocess.run(
        [RUN, "--help"], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
    )
    assert all(name in done.stdout for name in COMMANDS)
