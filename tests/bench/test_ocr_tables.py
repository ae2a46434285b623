"""The tables' figures come from the right pages, and are the same sum for every program."""

from __future__ import annotations

from pathlib import Path

from bench.ocr_cost import Share
from bench.ocr_figures import Figures, Outcome, of_peer
from bench.ocr_items import Item
from bench.ocr_keep import Cost, Read
from bench.ocr_rows import Row
from bench.ocr_tables import Programs, by_kind, first, second

TEN = "one two three four five six seven eight 10 5.5"
NINE = TEN.replace("one", "ONE")
HALF = "one two three four five"


def _item(name: str, **more: object) -> Item:
    return Item(Path(f"{name}.pdf"), (TEN,), **more)  # type: ignore[arg-type]


HARD = (
    _item("order", noise=("faded",)),
    _item("table", metric="bow", kind="lab", noise=("faded", "turn90"), turn=90),
    _item("spanish", noise=("verso",), language="spa"),
    _item("stamp", metric="mixed", noise=("bates",)),
    _item("header", metric="mixed", noise=("vecfaxheader",)),
    Item(Path("blank.pdf"), ("",), "blank"),
    Item(Path("many.pdf"), (TEN, TEN), "multi"),
)
OFFICE = (
    _item("plain", kind="scan200"),
    _item("fax", kind="fax98"),
    _item("side", kind="rot90"),
    Item(Path("mixed.pdf"), (TEN, TEN), "mixed"),
)


def _read(items: tuple[Item, ...], **other: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The true text of all items but those given."""
    return {i.name: other.get(i.name, i.truths) for i in items}


def _programs(items: tuple[Item, ...], *outcomes: Outcome) -> Programs:
    return Programs(tuple(Figures(items, outcome) for outcome in outcomes))


def _named(rows: list[Row]) -> dict[str, Row]:
    return {row.figure: row for row in rows}


COST = Cost(10.0, 10.0, 1 << 20, 100, "2026-01-01")
DEAR = Cost(100.0, 100.0, 1 << 20, 100, "2026-01-01")


def test_a_perfect_reading_keeps_every_bar_of_the_second_table() -> None:
    """With all words right and a cheap run, each row that has a bar is met."""
    ours = Outcome("chartmend", _read(HARD), cost=COST)
    other = Outcome("paperless", _read(HARD, order=(HALF,)), cost=DEAR)
    rows = second(_programs(HARD, ours, other))
    assert {r.figure for r in rows if r.limit is not None and r.met is not True} == {"WER, French"}


def test_each_page_read_badly_breaks_its_own_rows() -> None:
    """A row looks at its pages: a turned table, a header, a blank page, another language."""
    read = _read(HARD, table=(HALF,), header=(HALF,), blank=("dust",), spanish=(HALF,))
    programs = _programs(HARD, Outcome("chartmend", read), Outcome("paperless", _read(HARD)))
    bad = {row.figure for row in second(programs) if row.met is False}
    assert bad == {
        "F1, tables and forms",
        "numbers recalled",
        "numbers recalled, in tables",
        "kinds of noise over 2 points behind the best",
        "turned pages, words wrong",
        "turned tables, words wrong",
        "words on blank pages",
        "WER, Spanish",
        "under a fax header, words lost",
        "pages over 20 % wrong that do not say so",
    }


def test_a_kind_of_noise_is_behind_by_more_than_two_points_only() -> None:
    """Ten points behind is told, with the pages in order and the tables apart."""
    programs = _programs(
        HARD, Outcome("chartmend", _read(HARD, order=(NINE,))), Outcome("one", _read(HARD))
    )
    assert [(r.figure, r.met) for r in by_kind(programs) if "faded" in r.figure] == [
        ("faded, 1 tables", True),
        ("faded, 1 in order", False),
    ]


def test_a_perfect_reading_keeps_the_bars_of_the_first_table() -> None:
    """Cost is held to each program's own; there are no noisy forms here."""
    ours = Outcome("chartmend", _read(OFFICE), cost=COST)
    others = [
        Outcome(n, _read(OFFICE, plain=(NINE,)), cost=DEAR)
        for n in ("paperless", "expert", "pytesseract")
    ]
    rows = _named(first(_programs(OFFICE, ours, *others), Share(1.1, 1.3)))
    assert rows["CPU against all that Tesseract did"].met is True
    assert rows.pop("CPU against one reading of each page").met is False
    assert {n for n, r in rows.items() if r.met is False} == set()
    assert rows["F1, noisy forms"].values[0] is None


def test_turned_pages_are_not_ordinary_ones() -> None:
    """A page on its side counts for the pages, not for the ordinary ones."""
    read = _read(OFFICE, side=(HALF,))
    programs = _programs(
        OFFICE, Outcome("chartmend", read), Outcome("paperless", _read(OFFICE, plain=(NINE,)))
    )
    rows = _named(first(programs, None))
    assert rows["WER, ordinary pages"].values == (0.0, 5.0)
    assert rows["WER, typeset pages"].met is False
    assert rows["pages over 10 % WER"].values[0] == 1


def test_a_cost_read_file_by_file_is_not_judged() -> None:
    """A program's start, counted at each page, must not make ours look cheap."""
    ours = Outcome("chartmend", _read(HARD), cost=COST)
    other = Outcome("paperless", _read(HARD), cost=DEAR, rough=True)
    row = _named(second(_programs(HARD, ours, other)))["CPU seconds a page"]
    assert row.values == (0.1, 1.0)
    assert row.met is None


def test_a_wrong_page_is_silent_unless_that_very_page_asks_to_be_looked_at() -> None:
    """In a file of several pages, the mark of one page is no mark of another."""
    read = _read(HARD, many=(TEN, HALF), order=(HALF,))
    marked = {"many": (True, False), "order": (True,)}
    assert Figures(HARD, Outcome("chartmend", read, marked)).silent() == ["many:2"]
    told = {"many": (False, True), "order": (True,)}
    assert Figures(HARD, Outcome("chartmend", read, told)).silent() == []


def test_a_page_that_is_not_there_is_wrong() -> None:
    """A reading that ends early loses the pages after it."""
    assert Figures(HARD, Outcome("one", _read(HARD, many=(TEN,)))).silent() == ["many:2"]


def test_a_program_is_scored_by_the_better_of_its_two_texts() -> None:
    """One choice for all its pages: what it says it read, or the text in its PDF."""
    items = HARD[:2]
    good, bad = Read(TEN, HALF, 1.0, "", "d"), Read(HALF, TEN, 1.0, "", "d")
    texts = of_peer("one", items, {"order": good, "table": good}, COST).texts
    assert texts == {"order": (TEN,), "table": (TEN,)}
    assert of_peer("one", items, {"order": bad, "table": bad}, COST).texts == texts


def test_a_refused_file_has_the_text_it_had_before() -> None:
    """A program that will not touch a file leaves its own text layer to be found."""
    read = {"stamp": Read("", "STB-924201", 0.1, "exit 6", "d")}
    found = of_peer("ocrmypdf", (HARD[3],), read, None)
    assert found.texts == {"stamp": ("STB-924201",)}
    assert found.rough
