"""Mutated files: a sample of each kind breaks no promise, and each broken one is seen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.faults import malformed, mutate, small
from bench.faults.malformed import Feeder, Tally
from vault.errors import Damaged
from vault.store import keysfile
from vault.workers.pool import Pool


def test_a_sample_of_every_kind_is_answered_in_time() -> None:
    """PDFs, pictures and ZIPs by workers, keys, originals and databases here."""
    found = malformed.run(120, seed=5)
    assert found.violations == []
    assert [line.split(":")[0] for line in found.figures if " answers " in line] == [
        "120 PDFs",
        "12 pictures",
        "12 ZIPs",
        "12 keys files",
        "12 sealed originals",
        "12 databases",
    ]


def test_seeds_are_good_files() -> None:
    """What is mutated can be opened and drawn as it is."""
    tally = Tally()
    with Pool(1) as pool:
        feeder = Feeder(pool, tally)
        for media, seeds in {"pdf": mutate.pdfs(), **mutate.images()}.items():
            for data in seeds:
                feeder.feed(data, media, read=False)
        for data in mutate.zips()[:2]:
            feeder.unzip(data)
    assert set(tally.counts) == {"opened"}
    assert tally.counts["opened"] > 2 * len(mutate.pdfs())
    assert tally.wrong == []


def test_an_error_that_is_no_sentence_a_late_answer_and_a_lost_worker_are_seen() -> None:
    """A control for each: none of them is taken for an answer."""
    tally, pool = Tally(), Pool(1)
    pool.close()
    feeder = Feeder(pool, tally)

    def crash() -> str:
        raise ZeroDivisionError

    feeder._timed(crash, 1)
    feeder._timed(lambda: "", -10)
    feeder.back()
    assert tally.wrong[0] == "ZeroDivisionError came out of the pool"
    assert tally.wrong[1].endswith("with a limit of -10 s")
    assert tally.wrong[2].startswith("the worker is not back")


def test_a_parser_of_the_store_that_raises_something_else_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control: errors that are not the program's own count as broken."""
    rng = random.Random(1)
    monkeypatch.setattr(keysfile, "_slot", lambda *_: 1 // 0)
    assert "keys: ZeroDivisionError" in malformed.headers(60, rng, tmp_path).wrong


def test_a_mutation_changes_the_file_and_can_be_done_again() -> None:
    """The same seed of the generator gives the same files, and hardly any is left as it was."""
    seed = mutate.plain_pdf()
    one = [mutate.mutated(seed, random.Random(n)) for n in range(50)]
    assert one == [mutate.mutated(seed, random.Random(n)) for n in range(50)]
    assert sum(data == seed for data in one) < 5
    assert all(one)


def test_a_keys_file_with_a_right_sum_is_looked_into(tmp_path: Path) -> None:
    """The sum is made right again, so that a change is found by what comes behind it."""
    whole = (small.make(tmp_path).folder / "keys").read_bytes()
    assert malformed._resummed(whole) == whole
    with pytest.raises(Damaged, match="does not say what"):
        keysfile.parse(malformed._resummed(whole.replace(b"slots", b"slogs")), "keys")
