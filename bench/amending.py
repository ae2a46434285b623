"""Play random events of corrections and count the steps that lead to what cannot be.

Any kinds of events, about any items, on any days, some in the place of others:
`python -m bench.amending [HISTORIES] [SEED]`. Prints how many histories and steps were played,
which states were reached, and every kind of trouble with its first history; ends with 1 where
there was any.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from tests.model.turns import FLAGS, history, in_order, trouble
from vault.model import hl7
from vault.model.amending import Standing, stand
from vault.model.corrections import CorrectionEvent

HISTORIES = 100_000


def play(chance: random.Random, states: Counter[str]) -> tuple[int, str]:
    """The steps of one history, and what went wrong in it."""
    events = in_order(history(chance))
    was: Standing = stand(FLAGS, ())
    for n, event in enumerate(events, 1):
        now = stand(FLAGS, events[:n])
        found = trouble(was, CorrectionEvent(event.kind), now)
        if found or not hl7.code(now):
            told = " ".join(f"{e.kind}({e.item or ','.join(e.detail.items)})" for e in events[:n])
            return n, f"{found}\n      after {told}"
        states[f"{now.state} {hl7.code(now)}"] += 1
        was = now
    return len(events), ""


def main() -> int:
    """Play, count, print; 1 where anything impossible was reached."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else HISTORIES
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance, begun = random.Random(seed), time.process_time()
    states: Counter[str] = Counter()
    troubles: dict[str, list[str]] = {}
    steps = 0
    for _ in range(many):
        done, wrong = play(chance, states)
        steps += done
        if wrong:
            troubles.setdefault(wrong.splitlines()[0], []).append(wrong)
    spent = time.process_time() - begun
    print(f"{many} histories, {steps} steps, seed {seed}, {spent:.0f} s of CPU")
    for state, seen in states.most_common():
        print(f"  {seen:>9} {state}")
    for each in troubles.values():
        print(f"  {len(each)} times: {min(each, key=len)}")
    print(f"impossible: {sum(map(len, troubles.values()))}")
    return int(bool(troubles))


if __name__ == "__main__":
    sys.exit(main())
