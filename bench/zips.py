"""How damaged and hostile ZIPs fare, and how fast a large one is taken in: python bench/zips.py."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # run from a checkout

from tests.ingest.bundles import mutated
from tests.ingest.papers import Held
from vault.actions import session as sessions
from vault.actions.imports import gather, seal
from vault.actions.imports.bundles import Unpacker
from vault.actions.imports.seal import Origin
from vault.store.kdf import CHEAPEST
from vault.workers import lane
from vault.workers.pool import Pool

MUTATIONS = 5000
LARGE_MB = 300
MEMBERS = 500
MB = 1024**2


def hostile() -> Counter[str]:
    """Unpack so many changed ZIPs in one worker; what became of each, and of the worker."""
    found: Counter[str] = Counter()
    with Pool(1) as pool:
        pids = set[int]()
        for data in mutated(MUTATIONS, seed=20):
            source = Held(data)
            listed = pool.members(source, 0).result()
            said = [listed.problem]
            for member in listed.members:
                offset, end = 0, bool(member.problem)
                while not end:
                    piece = pool.piece(source, member.index, offset, "sesame").result()
                    offset, end = offset + len(piece.data), piece.end
                    said.append(piece.problem)
            crashed = {lane.CRASHED, lane.TOO_LARGE, lane.NONSENSE} & set(said)
            late = any("too long" in problem for problem in said)
            found[
                "crashed" if crashed else "late" if late else "refused" if any(said) else "read"
            ] += 1
            pids |= set(pool.pids)
        found["workers"] = len(pids)
    return found


def _timed(paths: list[Path]) -> tuple[float, int]:
    """Seconds until all these are sealed, and bytes of memory used on top of what was before."""
    with tempfile.TemporaryDirectory() as name:
        made, _ = sessions.make_vault(
            Path(name, "v"), "bench", profile=CHEAPEST, state=Path(name, "s")
        )
        with made:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            origin = seal.settle(made, Origin())
            begun = time.monotonic()
            with Unpacker(made) as unpacker:
                for candidate in gather.gather(paths):
                    sealed = seal.seal(made, candidate, origin)
                    if candidate.media == "zip":
                        unpacker.unpack(sealed.record, origin)
            seconds = time.monotonic() - begun
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, (after - before) * 1024


def speed(folder: Path, what: str, files: list[Path]) -> None:
    """Take in files packed as a ZIP and then as they are, and print how the two compare."""
    archive = folder / "packed.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for file in files:
            out.write(file, file.name)
    packed, memory = _timed([archive])
    loose, _ = _timed(files)
    size = sum(file.stat().st_size for file in files) / MB
    print(
        f"{what}: in a ZIP {packed:.1f} s ({size / packed:.0f} MB/s, {memory // MB} MB of memory "
        f"more), as they are {loose:.1f} s"
    )


def main() -> None:
    """Print the figures."""
    found = hostile()
    print(f"{MUTATIONS} changed ZIPs: " + ", ".join(f"{n} {what}" for what, n in found.items()))
    rng = random.Random(4)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = folder / "large.tiff"
        with large.open("wb") as file:
            file.write(b"II*\x00")
            for _ in range(LARGE_MB):
                file.write(rng.randbytes(MB // 2) + bytes(MB // 2))
        speed(folder, f"one file of {LARGE_MB} MB", [large])
        small = [folder / f"{number}.png" for number in range(MEMBERS)]
        for path in small:
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + rng.randbytes(2000))
        speed(folder, f"{MEMBERS} small files", small)


if __name__ == "__main__":
    main()
