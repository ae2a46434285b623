"""A figure of every program beside its bar, as a line of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Value = float | None


@dataclass(frozen=True)
class Row:
    """A figure: one value for each program, ours first, and the limit ours is held to.

    `most` is where less is better. `limit` is None where there is nothing to be held to; `bar`
    says it in words. `judged` is False where a value the limit comes from is not good enough.
    """

    figure: str
    values: tuple[Value, ...]
    unit: str = "%"
    most: bool = True
    limit: Value = None
    bar: str = ""
    judged: bool = True
    share_of: Value = None

    @property
    def met(self) -> bool | None:
        """Whether our value keeps the limit; None where that cannot be said."""
        ours = self.values[0] if self.values else None
        if ours is None or self.limit is None or not self.judged:
            return None
        return ours <= self.limit if self.most else ours >= self.limit

    def best(self, names: Sequence[str]) -> str:
        """The best value of the other programs and whose it is."""
        held = [(v, n) for v, n in zip(self.values[1:], names[1:], strict=True) if v is not None]
        if not held:
            return "–"
        value, name = (min if self.most else max)(held, key=lambda pair: pair[0])
        return f"{self._said(value)} {name}"

    def _said(self, value: Value) -> str:
        if value is None:
            return "–"
        if self.unit == "count":
            return f"{value:.0f}"
        return f"{value:.{3 if self.unit == 's' else 2}f}{' %' if self.unit == '%' else ''}"

    def cells(self, names: Sequence[str]) -> list[str]:
        """Figure, bar, ours, met or not, best of the others, each of the others."""
        ours = self._said(self.values[0])
        if self.share_of and self.values[0] is not None:
            ours += f" ({self.values[0] / self.share_of:.2f}×)"
        met = {True: "met", False: "**not met**", None: "" if self.limit is None else "–"}[self.met]
        rest = [self._said(value) for value in self.values[1:]]
        return [self.figure, self._bar(), ours, met, self.best(names), *rest]

    def _bar(self) -> str:
        if self.bar or self.limit is None:
            return self.bar
        return f"{'≤' if self.most else '≥'} {self._said(self.limit)}"


def at_most(figure: str, limit: float, values: Sequence[Value], unit: str = "%") -> Row:
    """A row where less is better."""
    return Row(figure, tuple(values), unit, limit=limit)


def at_least(figure: str, limit: float, values: Sequence[Value], unit: str = "%") -> Row:
    """A row where more is better."""
    return Row(figure, tuple(values), unit, most=False, limit=limit)


def plain(figure: str, values: Sequence[Value], unit: str, most: bool = True) -> Row:
    """A row without a bar."""
    return Row(figure, tuple(values), unit, most)


def share(
    figure: str, factor: float, other: tuple[str, Value], values: Sequence[Value], unit: str
) -> Row:
    """A row where ours is to be at most `factor` of the value of another program, named."""
    name, value = other
    said = f"≤ {factor:g}× {name}"
    limit = None if value is None else factor * value
    return Row(figure, tuple(values), unit, limit=limit, bar=said, share_of=value)


def table(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """The rows as Markdown; `names` are the programs', ours first."""
    head = ["figure", "bar", names[0], "", "best of the others", *names[1:]]
    lines = [head, ["---"] * len(head), *(row.cells(names) for row in rows)]
    return ["| " + " | ".join(cells) + " |" for cells in lines]
