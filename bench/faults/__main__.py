"""Runs one measurement of harm: python -m bench.faults NAME [--sample N] [--seed S]."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(argv: list[str]) -> int:
    """Run the module of that name; its exit code is 1 where a promise was broken."""
    names = sorted(p.stem for p in HERE.glob("[a-z]*.py") if "\ndef main(" in p.read_text("utf-8"))
    if not argv or argv[0] not in names:
        sys.exit(f"one of: {', '.join(names)}")
    return int(importlib.import_module(f"bench.faults.{argv[0]}").main(argv[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
