"""What the process asks of the system at its start."""

from __future__ import annotations

import sys

import pytest

from tests.store.helpers import child

LOOK = """
import ctypes, os, resource
from vault.store.hardening import harden
harden()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], os.umask(0o077), ctypes.CDLL(None).prctl(3))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_no_core_dump_private_files_and_nobody_looks_in() -> None:
    """The limits are read back from a process that has set them."""
    out, _ = child(LOOK).communicate()
    assert out.split() == ["0", str(0o077), "0"]
