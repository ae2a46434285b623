"""How fast invented scanned pages are read by one worker and by two: python bench/workers.py."""

from __future__ import annotations

import io
import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import typst
from PIL import Image

from vault.model.reading import InMemory, ReadOptions
from vault.workers.pool import Pool

PAGES = 40
ROUNDS = 2
DPI = 200
PROSE = (
    "the patient was seen today for a follow up of high blood pressure and reports no pain in "
    "the chest or the left arm she takes lisinopril 10 mg every morning and metformin 850 mg "
    "with the evening meal the heart sounds are regular lungs are clear on both sides weight "
    "is 71 kg and blood pressure 128/76 mmHg at rest return in three months for a new reading"
)


@dataclass(frozen=True)
class Run:
    """What one run came to: pages a second of clock, and processor seconds a page."""

    rate: float
    cpu: float


def scan() -> bytes:
    """A scanned PDF of invented prose: skewed a little, with noise, as JPEGs of 200 dpi."""
    rng = random.Random(11)
    pages = []
    for _ in range(PAGES):
        text = "\n\n".join(
            " ".join(rng.choices(PROSE.split(), k=45)).capitalize() + "." for _ in range(5)
        )
        source = f'#set page(paper: "us-letter")\n#set text(size: 11pt)\n{text}'.encode()
        page = Image.open(io.BytesIO(typst.compile(source, format="png", ppi=DPI))).convert("L")
        page = page.rotate(rng.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=255)
        noise = Image.frombytes("L", page.size, rng.randbytes(page.width * page.height))
        pages.append(Image.blend(page, noise, 0.1))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return out.getvalue()


def used(pids: tuple[int, ...]) -> float:
    """Processor seconds of these processes so far (Linux)."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def run(source: InMemory, workers: int) -> Run:
    """Read all pages with so many workers that have been started and warmed up before."""
    options = ReadOptions()
    with Pool(workers) as pool:
        warm = [pool.read_page(source, "pdf", n + 1, options) for n in range(2 * workers)]
        for future in warm:
            future.result()
        begun, before = time.monotonic(), used(pool.pids)
        asked = [pool.read_page(source, "pdf", n + 1, options) for n in range(PAGES)]
        unread = sum(not future.result().readings for future in asked)
        clock, cpu = time.monotonic() - begun, used(pool.pids) - before
    if unread:
        sys.exit(f"{unread} of {PAGES} pages were not read")
    return Run(PAGES / clock, cpu / PAGES)


def main() -> None:
    """Run one worker and two by turns, and print the best of each."""
    source = InMemory(scan())
    best: dict[int, Run] = {}
    for _ in range(ROUNDS):
        for workers in (1, 2):
            found = run(source, workers)
            if workers not in best or found.rate > best[workers].rate:
                best[workers] = found
    for workers, found in best.items():
        print(f"{workers} worker(s): {found.rate:.2f} pages/s, {found.cpu:.2f} CPU s/page")
    print(f"ratio: {best[2].rate / best[1].rate:.2f}")


if __name__ == "__main__":
    main()
