"""The locked app's memory: no key and no canary in it, and the search finds what is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.faults import memory, small
from vault.store.crypto import Label

outside = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0,
    reason="reading another process's memory takes root on Linux",
)


@outside
@pytest.mark.ocr
def test_after_locking_nothing_is_left_in_memory() -> None:
    """Unlock, import, look, type, lock: once, with the search proven before the lock."""
    found = memory.run(1, seed=4)
    assert found.violations == []
    assert found.figures[0].endswith("locked: 0 in 1 process(es)")


@outside
def test_a_key_in_another_process_is_found() -> None:
    """A control: bytes and text that a process holds are found in it, others are not."""
    held = "hold = bytes.fromhex(input()); word = input() * 2; print('ready', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        key = os.urandom(32)
        process.stdin.write(key.hex().encode() + b"\nkelmontu\n")
        process.stdin.flush()
        process.stdout.readline()
        wanted = {key: "key", b"kelmontukelmontu": "word", os.urandom(32): "other"}
        assert memory.in_memory(process.pid, wanted) == {"key", "word"}
        assert process.pid in memory.descendants(os.getpid())
        process.kill()


def test_every_key_of_the_vault_is_looked_for(tmp_path: Path) -> None:
    """The master key and each derived one, as bytes and in hex, and the passphrase."""
    wanted = memory.wanted_keys(small.make(tmp_path))
    assert len(wanted) == 3 * (1 + len(Label)) + 2
    assert {len(mark) for mark, what in wanted.items() if what.endswith("hex")} == {64}
