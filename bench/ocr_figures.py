"""What the texts of a program come to: counts over pages of one sort, the same for all programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bench.ocr_items import Item
from bench.ocr_keep import Cost, Read
from bench.ocr_peers import costed, sidecar_pages
from bench.ocr_score import Score, score

BAD_WER, WRONG = 10.0, 20.0
Chosen = Callable[[Item], bool]


@dataclass(frozen=True)
class Outcome:
    """What a program made of items: page texts by item name, pages it says to look at, its cost.

    `rough` is where the cost is that of reading file by file, each start of the program counted.
    """

    name: str
    texts: dict[str, tuple[str, ...]]
    look: dict[str, tuple[bool, ...]] = field(default_factory=dict)
    cost: Cost | None = None
    rough: bool = False
    note: str = ""

    def text(self, item: Item) -> str:
        """All that was read of an item, a form feed between pages."""
        return "\f".join(self.texts.get(item.name, ()))

    @property
    def cpu(self) -> float | None:
        """Processor seconds a page."""
        return None if self.cost is None or not self.cost.pages else self.cost.cpu / self.cost.pages


def wrong(item: Item, of: Score) -> float:
    """The share of words wrong in per cent: in order, or as a bag (lost or added) for tables."""
    return of.wer if item.metric == "wer" else of.bag_error


class Figures:
    """The scores of one program over items, looked up by what they are about."""

    def __init__(self, items: Sequence[Item], outcome: Outcome) -> None:
        self.items, self.outcome = items, outcome
        self.scores = {i.name: score(i.truth, outcome.text(i), i.optional) for i in items}

    def total(self, chosen: Chosen) -> Score | None:
        """The sum over the chosen items; None where there is none."""
        found = [self.scores[i.name] for i in self.items if chosen(i)]
        return sum(found, Score()) if found else None

    def over(self, chosen: Chosen) -> int | None:
        """How many of the chosen items are over 10 % WER."""
        found = [self.scores[i.name].wer > BAD_WER for i in self.items if chosen(i)]
        return sum(found) if found else None

    def wrong_share(self, chosen: Chosen) -> float | None:
        """Words wrong in per cent over the chosen items, each counted as fits it."""
        held = [(i, self.scores[i.name]) for i in self.items if chosen(i)]
        words = sum(of.words for _, of in held)
        bad = sum(wrong(item, of) * of.words / 100 for item, of in held)
        return 100 * bad / words if words else None

    def silent(self) -> list[str]:
        """Pages with over 20 % of their words wrong that are not said to be looked at."""
        return [
            f"{item.name}:{n}" if item.pages > 1 else item.name
            for item in self.items
            for n, truth in enumerate(item.truths, start=1)
            if truth.strip()
            and not self._looked_at(item, n)
            and self._page_wrong(item, n, truth) > WRONG
        ]

    def _looked_at(self, item: Item, n: int) -> bool:
        told = self.outcome.look.get(item.name, ())
        return n <= len(told) and told[n - 1]

    def _page_wrong(self, item: Item, n: int, truth: str) -> float:
        read = self.outcome.texts.get(item.name, ())
        text = read[n - 1] if n <= len(read) else ""
        return wrong(item, score(truth, text, item.optional))


def kinds(items: Iterable[Item]) -> list[tuple[str, str]]:
    """The kinds of noise that items have, each with the metric it is measured by."""
    return sorted({(n, i.metric) for i in items if i.metric in ("wer", "bow") for n in i.noise})


def of_peer(name: str, items: Sequence[Item], reads: dict[str, Read], cost: Cost | None) -> Outcome:
    """A peer's outcome, by the one of its two texts that has fewer words wrong over all items."""
    layers = {i.name: tuple(reads[i.name].layer.split("\f")) for i in items}
    sidecars = {
        i.name: tuple(sidecar_pages(reads[i.name].sidecar, layers[i.name]))
        if reads[i.name].sidecar
        else layers[i.name]
        for i in items
    }
    said = "what it says it read"
    best, note = sidecars, said
    if any(reads[i.name].layer for i in items):
        counted = [i for i in items if i.metric in ("wer", "bow")]
        by_layer, by_sidecar = (
            Figures(counted, Outcome(name, texts)).wrong_share(lambda _: True) or 0.0
            for texts in (layers, sidecars)
        )
        if by_layer < by_sidecar:
            best, note = layers, "the text in its PDF"
    dates = sorted({reads[i.name].date for i in items} | ({cost.date} if cost else set()))
    note = f"{note}; peer run of {' to '.join(dict.fromkeys((dates[0], dates[-1])))}"
    if cost is not None:
        note += f"; cost at a load of {cost.load:.1f}"
    return Outcome(name, best, {}, cost or _rough(items, reads), cost is None, note)


def _rough(items: Sequence[Item], reads: dict[str, Read]) -> Cost:
    held = costed(items)
    cpu = sum(reads[i.name].cpu for i in held)
    return Cost(0.0, cpu, 0, sum(i.pages for i in held), "")
