"""How much of scanned pages is read, at what cost, beside other programs.

    python bench/ocr.py FOLDER [FOLDER…] [--peers NAME,…] [--pages N] [--detail] [--only TEXT]

A folder holds PDFs with their true text beside them (`.txt`, a form feed between pages) and may
have a `manifest.json` that says how each is scored.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench import ocr_peers
from bench.ocr_score import Score, score
from vault.model.reading import InMemory, PageResult, ReadOptions
from vault.workers.pool import Pool

JOBS = 2
BAD_WER, WRONG_WER, GOOD_RECALL = 10.0, 20.0, 95.0


@dataclass(frozen=True)
class Item:
    """A file with its true text: `metric` is wer, bow, blank, mixed or multi."""

    path: Path
    truth: str
    metric: str
    group: str
    language: str
    optional: tuple[str, ...]
    pages: int


@dataclass
class Outcome:
    """What a program made of the items: text and, where it tells, what it asks to look at."""

    name: str
    clock: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    pages: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    look: dict[str, bool] = field(default_factory=dict)


def items(folder: Path, only: str) -> list[Item]:
    """The files of a folder, with what its manifest says of each."""
    manifest = folder / "manifest.json"
    told = {m["name"]: m for m in json.loads(manifest.read_text())} if manifest.exists() else {}
    found = []
    for path in sorted(folder.glob("*.pdf")):
        truth = path.with_suffix(".txt")
        about = told.get(path.stem, {})
        if not truth.exists() or only not in path.stem:
            continue
        language = str(about.get("lang", "eng"))
        kind = str(about.get("kind", ""))
        found.append(
            Item(
                path,
                truth.read_text("utf-8"),
                about.get("metric", "wer"),
                "table" if about.get("table") else kind,
                {"es": "spa", "fr": "fra"}.get(language, "eng" if "mix" in language else language),
                tuple(about.get("optional", ())),
                int(about.get("pages", 1)),
            )
        )
    return found


class Watch:
    """The memory (PSS) and processor time of processes, looked at while they run (Linux)."""

    def __init__(self, pids: Callable[[], tuple[int, ...]]) -> None:
        self._pids = pids
        self._over = threading.Event()
        self.peak = 0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self.peak = max(self.peak, sum(ocr_peers.pss(pid) for pid in self._pids()))

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self._thread.join()


def _text(result: PageResult) -> str:
    if not result.readings:
        return ""
    lines: dict[int, list[str]] = defaultdict(list)
    for word in result.readings[0].words:
        lines[word.line].append(word.text)
    return "\n".join(" ".join(words) for _, words in sorted(lines.items()))


def ours(held: list[Item], pages: int) -> Outcome:
    """Read every page of every item with chartmend's workers; the start is not counted."""
    out = Outcome("chartmend")
    with Pool(JOBS) as pool:
        warm = InMemory(held[0].path.read_bytes())
        for future in [pool.read_page(warm, "pdf", 1, ReadOptions()) for _ in range(JOBS)]:
            future.result()
        watch = Watch(lambda: pool.pids)
        begun, before = time.monotonic(), sum(map(ocr_peers.cpu, pool.pids))
        while out.pages < pages:
            asked = []
            for item in held:
                source, options = InMemory(item.path.read_bytes()), ReadOptions(item.language)
                for number in range(1, item.pages + 1):
                    asked.append((item, pool.read_page(source, "pdf", number, options)))
            texts: dict[str, list[str]] = defaultdict(list)
            for item, future in asked:
                result = future.result()
                texts[item.path.stem].append(_text(result))
                out.look[item.path.stem] = out.look.get(item.path.stem, False) or result.look
            out.pages += len(asked)
            out.texts = {name: "\f".join(found) for name, found in texts.items()}
        out.clock = time.monotonic() - begun
        out.cpu = sum(map(ocr_peers.cpu, pool.pids)) - before
        watch.end()
        out.peak = watch.peak
    return out


def _scores(held: list[Item], out: Outcome) -> dict[str, Score]:
    return {i.path.stem: score(i.truth, out.texts.get(i.path.stem, ""), i.optional) for i in held}


def _sum(scores: list[Score]) -> Score:
    return sum(scores, Score())


def table(held: list[Item], out: Outcome) -> list[str]:
    """The figures of one program over one folder."""
    found = _scores(held, out)
    by: dict[str, list[Score]] = defaultdict(list)
    for item in held:
        by[item.metric].append(found[item.path.stem])
    ordered = _sum(by["wer"])
    plain = [i for i in held if i.metric == "wer"]
    bad = [i for i in plain if found[i.path.stem].wer > BAD_WER]
    silent = [
        i.path.stem
        for i in held
        if i.metric in ("wer", "bow")
        and not out.look.get(i.path.stem, False)
        and 100 - found[i.path.stem].recall > WRONG_WER
    ]
    rows = [
        f"{out.name}: {out.pages} pages, {out.pages / out.clock:.2f} pages/s, "
        f"{out.cpu / out.pages:.3f} CPU s/page, peak {out.peak / 2**20:.0f} MB",
        f"  ordered pages ({len(plain)}): WER {ordered.wer:.2f} %, CER {ordered.cer:.2f} %, "
        f"over {BAD_WER:.0f} %: {len(bad)}",
        f"  numbers recalled: {_sum(list(found.values())).number_recall:.2f} %",
    ]
    if by["bow"]:
        bags = _sum(by["bow"])
        rows.append(f"  tables and forms: F1 {bags.f1:.2f} %, numbers {bags.number_recall:.2f} %")
    if by["blank"]:
        rows.append(f"  words read on {len(by['blank'])} blank pages: {_sum(by['blank']).read}")
    for name in ("mixed", "multi"):
        if by[name]:
            rows.append(f"  {name}: words found {_sum(by[name]).recall:.2f} %")
    if out.look:
        asked = sum(
            found[i.path.stem].recall > GOOD_RECALL
            for i in held
            if i.metric in ("wer", "bow") and out.look.get(i.path.stem)
        )
        rows.append(f"  over {WRONG_WER:.0f} % of the words lost, and no word of it: {silent}")
        rows.append(
            f"  over {GOOD_RECALL:.0f} % of the words found, and yet a page to look at: {asked}"
        )
    return rows


def detail(held: list[Item], out: Outcome) -> list[str]:
    """A line for each item, the worst first."""
    found = _scores(held, out)
    worst = sorted(held, key=lambda i: -found[i.path.stem].word_errors)
    return [
        f"    {i.path.stem:42} {i.metric:5} wer {s.wer:6.1f} cer {s.cer:6.1f} f1 {s.f1:6.1f} "
        f"num {s.numbers_found}/{s.numbers} {'LOOK' if out.look.get(i.path.stem) else ''}"
        for i in worst
        if (s := found[i.path.stem]).word_errors
    ]


def main() -> None:
    """Read the command line, run every program over every folder, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--peers", default="", help=",".join(ocr_peers.PEERS))
    parser.add_argument("--pages", type=int, default=1, help="repeat a folder up to so many pages")
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--detail", action="store_true", help="a line for every file")
    given = parser.parse_args()
    for folder in given.folders:
        held = items(folder, given.only)
        if not held:
            sys.exit(f"{folder} holds no PDF with its text beside it")
        print(f"\n{folder}: {len(held)} files, {sum(i.pages for i in held)} pages")
        outcomes = [ours(held, given.pages)]
        for name in filter(None, given.peers.split(",")):
            texts, cost = ocr_peers.run(name, [(i.path, i.language, i.pages) for i in held], JOBS)
            outcomes.append(Outcome(name, *cost, texts))
        for out in outcomes:
            print("\n".join(table(held, out) + (detail(held, out) if given.detail else [])))


if __name__ == "__main__":
    main()
