"""`python -m vault.demo.paper OUT_DIR`: make all the demo's scans anew."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vault.demo import cast
from vault.demo.paper.make import make


def main() -> int:
    """Write every paper into the folder named and tell their sizes in bytes."""
    parser = argparse.ArgumentParser(prog="python -m vault.demo.paper", description=__doc__)
    parser.add_argument("out_dir", type=Path)
    folder: Path = parser.parse_args().out_dir
    folder.mkdir(parents=True, exist_ok=True)
    for paper in cast.PAPERS:
        path = make(paper, folder)
        sys.stdout.write(f"{path}: {path.stat().st_size}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
