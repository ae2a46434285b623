"""Chartmend's own reading of a corpus, by the worker processes the app uses."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence

from bench.ocr_figures import Outcome
from bench.ocr_items import Item
from bench.ocr_keep import Cost, today
from bench.ocr_measure import Watch, cpu, load, used
from bench.ocr_peers import JOBS, costed, repeated
from vault.model.reading import InMemory, PageResult, ReadOptions
from vault.workers.pool import Pool


def _text(result: PageResult) -> str:
    if not result.readings:
        return ""
    lines: dict[int, list[str]] = defaultdict(list)
    for word in result.readings[0].words:
        lines[word.line].append(word.text)
    return "\n".join(" ".join(words) for _, words in sorted(lines.items()))


def _pages(pool: Pool, held: Sequence[Item]) -> dict[str, list[PageResult]]:
    asked = []
    for item in held:
        source, options = InMemory(item.path.read_bytes()), ReadOptions(item.language)
        for number in range(1, item.pages + 1):
            asked.append((item.name, pool.read_page(source, "pdf", number, options)))
    found: dict[str, list[PageResult]] = defaultdict(list)
    for name, future in asked:
        found[name].append(future.result())
    return found


def _measured(pool: Pool, held: Sequence[Item]) -> tuple[dict[str, list[PageResult]], Cost]:
    watch = Watch(lambda: pool.pids)
    begun, before = time.monotonic(), _cpu(pool)
    found = _pages(pool, held)
    clock, spent = time.monotonic() - begun, _cpu(pool) - before
    watch.end()
    pages = sum(item.pages for item in held)
    return found, Cost(clock, spent - watch.cpu, watch.peak, pages, today(), load())


def _cpu(pool: Pool) -> float:
    """Processor seconds of the workers, those replaced too, and of this process, their feeder."""
    return time.process_time() + used() + sum(map(cpu, pool.pids))


def ours(held: Sequence[Item], cost_pages: int) -> Outcome:
    """Read every page of every item; the cost is that of a long run, the start not counted."""
    with Pool(JOBS) as pool:
        warm = InMemory(held[0].path.read_bytes())
        for future in [pool.read_page(warm, "pdf", 1, ReadOptions()) for _ in range(JOBS)]:
            future.result()
        found, cost = _measured(pool, held)
        if cost_pages and costed(held):
            cost = _measured(pool, repeated(costed(held), cost_pages))[1]
    texts = {name: tuple(map(_text, pages)) for name, pages in found.items()}
    look = {name: tuple(page.look for page in pages) for name, pages in found.items()}
    note = f"run now; cost at a load of {cost.load:.1f}"
    return Outcome("chartmend", texts, look, cost, note=note)
