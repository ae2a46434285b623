"""Writers started at once: one wins, the rest are refused early, and readers go on."""

from __future__ import annotations

import dataclasses

from bench.faults import writers
from bench.faults.writers import Told
from vault.errors import Exit


def test_one_of_twenty_writers_wins() -> None:
    """A sample of the run of 200, with readers, the command line and the winner's end."""
    found = writers.run(20, seed=1)
    assert found.violations == []
    assert found.figures[0] == "20 writers: 1 won, 19 refused"


def test_each_way_to_break_the_promise_is_seen() -> None:
    """A control: two winners, none, a late refusal, another error, a refusal that names nobody."""
    won = Told(7, "open", 0, "", 1, 0.1)
    refused = Told(8, "Busy", int(Exit.BUSY), "process 7 has had this vault open", 0, 0.0)
    assert writers.judge([won, refused]) == []
    assert writers.judge([won, won, refused]) == ["2 writers won"]
    assert writers.judge([refused])[0] == "0 writers won"
    for harm in ({"derived": 1}, {"code": 76}, {"what": "Damaged"}, {"sentence": "no"}):
        assert len(writers.judge([won, dataclasses.replace(refused, **harm)])) == 1
