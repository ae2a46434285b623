"""Closing a vault while other threads read it ends their reading and nothing worse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import sys, threading
from pathlib import Path
from vault.store.kdf import CHEAPEST
from vault.store.vault import Secret, create, open_vault
folder = Path(sys.argv[1])
vault, _ = create(folder, "plum kettle", profile=CHEAPEST)
with vault.write("test") as db:
    db.executemany("INSERT INTO setting VALUES (?, ?)", [(str(i), "x" * 90) for i in range(3000)])
vault.close()
started = threading.Semaphore(0)
def read(vault):
    try:
        while True:
            vault.read().execute("SELECT name, value FROM setting ORDER BY value, name").fetchall()
            started.release()
    except Exception:
        return
for _ in range(12):
    vault = open_vault(folder, Secret(passphrase="plum kettle"), write=True)
    threads = [threading.Thread(target=read, args=(vault,)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: started.acquire()
    vault.close()
    for thread in threads: thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
print("fine")
"""


def test_closing_under_readers(tmp_path: Path) -> None:
    """The process lives on, and each reader ends with an error of its own."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _SCRIPT, str(tmp_path / "vault")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr[-300:]
