"""How much of scanned pages is read, at what cost, beside other programs: two tables.

    python -m bench.ocr FOLDER [FOLDER…] [--peers all|NAME,…] [--peers-at FOLDER] [--keep FILE]
        [--kept-only] [--cost-now all|NAME,…] [--cost-pages N] [--only TEXT] [--detail]

A folder, or the folders right below it, holds PDFs with their true text beside them (`.txt`, a
form feed between pages) and may have a `manifest.json` that says how each is scored. Folders
whose manifest names the noise of each page make the second table, the others the first.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import ocr_cost, ocr_peers
from bench.ocr_figures import Figures, Outcome, of_peer
from bench.ocr_items import Item, folders
from bench.ocr_keep import Cost, Kept
from bench.ocr_ours import ours
from bench.ocr_peers import Peer, costed
from bench.ocr_rows import table
from bench.ocr_tables import Programs, by_kind, first, second

_NOTES = (
    "In brackets: ours as a multiple of the value in the bar. Kinds of noise: words wrong, in",
    "order for pages in order, as a bag (lost or added) for tables. `–`: not run or not told.",
    "CPU, pages a second and memory: a long run over the pages without a text layer. The clock of",
    "a run that was kept is that of a machine which may have been busy. CPU is dearer under load,",
    "too: compare costs of like load (`--cost-now` times again).",
)
_ROUGH = "CPU of {} is that of reading file by file, its start counted each time: not judged."


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--peers", default="", help=f"all, or of: {', '.join(ocr_peers.PEERS)}")
    parser.add_argument("--peers-at", type=Path, help="the folder of OCRmyPDF's executable")
    parser.add_argument("--keep", type=Path, help="take and add what the others made in this file")
    parser.add_argument("--kept-only", action="store_true", help="run none of the others")
    parser.add_argument(
        "--cost-pages", type=int, default=200, help="pages of the runs that are timed; 0: one round"
    )
    parser.add_argument("--cost-now", default="", help="time these again, whatever is kept")
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--detail", action="store_true", help="a line for every file")
    return parser.parse_args()


def _peer(
    name: str, items: Sequence[Item], kept: Kept, given: argparse.Namespace
) -> Outcome | None:
    """A peer's outcome; None where only what is kept counts and that is not all there."""
    peer = Peer(name, given.peers_at)
    held, cost = costed(items), None
    if given.kept_only:
        reads = ocr_peers.kept_reads(peer, items, kept)
        if reads is None:
            return None
    else:
        reads = ocr_peers.reads(peer, items, kept)
    if given.cost_pages and held:
        cost = _cost(peer, held, kept, given)
    return of_peer(name, items, reads, cost)


def _cost(peer: Peer, held: list[Item], kept: Kept, given: argparse.Namespace) -> Cost | None:
    if given.kept_only and peer.name not in ocr_peers.named(given.cost_now):
        return kept.costs.get(ocr_peers.cost_key(peer, held, given.cost_pages))
    now = peer.name in ocr_peers.named(given.cost_now)
    return ocr_peers.cost(peer, held, given.cost_pages, kept, now)


def _programs(items: Sequence[Item], kept: Kept, given: argparse.Namespace) -> Programs:
    outcomes = [ours(items, given.cost_pages)]
    for name in ocr_peers.named(given.peers):
        outcome = _peer(name, items, kept, given)
        if outcome is None:
            print(f"{name}: not all of these files are kept; left out")
        else:
            outcomes.append(outcome)
    return Programs(tuple(Figures(items, outcome) for outcome in outcomes))


def _print(title: str, programs: Programs, given: argparse.Namespace) -> None:
    files, pages = len(programs.every[0].items), sum(i.pages for i in programs.every[0].items)
    print(f"\n{title}: {files} files, {pages} pages\n")
    harder = title == "Harder pages"
    own = None if harder else ocr_cost.share(i.path for i in costed(programs.every[0].items))
    rows = second(programs) if harder else first(programs, own)
    print("\n".join(table(rows, programs.names)))
    if harder:
        print("\n" + "\n".join(table(by_kind(programs), programs.names)))
    print()
    for one in programs.every:
        print(f"{one.outcome.name}: {one.outcome.note}")
        if one.outcome.rough:
            print("  " + _ROUGH.format(one.outcome.name))
    print("\n".join(_NOTES))
    print(f"over 20 % wrong, and silent: {', '.join(programs.every[0].silent()) or 'none'}")
    if given.detail:
        for one in programs.every:
            print("\n".join([one.outcome.name, *detail(one)]))


def detail(of: Figures) -> list[str]:
    """A line for each item with an error, the worst first."""
    look = {name: "LOOK" if any(pages) else "" for name, pages in of.outcome.look.items()}
    worst = sorted(of.items, key=lambda item: -of.scores[item.name].word_errors)
    return [
        f"    {i.name:42} {i.metric:5} wer {s.wer:6.1f} cer {s.cer:6.1f} f1 {s.f1:6.1f} "
        f"num {s.numbers_found}/{s.numbers} {look.get(i.name, '')}"
        for i in worst
        if (s := of.scores[i.name]).word_errors
    ]


def main() -> None:
    """Read the command line, run every program over every folder, and print the tables."""
    given = _arguments()
    found = folders(given.folders, given.only)
    if not found:
        sys.exit("there are no PDFs with their text beside them")
    kept = Kept(given.keep)
    for title, harder in (("Pages as an office scans them", False), ("Harder pages", True)):
        items = [item for one in found if one.harder is harder for item in one.items]
        if items:
            _print(title, _programs(items, kept, given), given)


if __name__ == "__main__":
    main()
