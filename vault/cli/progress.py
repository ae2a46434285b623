"""How long work shows its progress: a bar on a terminal's stderr, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vault.actions.imports.reading import Progress, Watch


@contextmanager
def following() -> Iterator[Watch]:
    """A watch that draws pages read, pages per minute and the time left while the block runs."""
    if not sys.stderr.isatty():
        yield Watch()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )
    from rich.text import Text

    class PerMinute(ProgressColumn):
        """Pages a minute."""

        def render(self, task: Task) -> Text:
            """The speed as text."""
            return Text(f"{task.speed * 60:.0f} pages/min" if task.speed else "", style="cyan")

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("pages"),
        PerMinute(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(now: Progress) -> None:
            bar.update(task, completed=now.done, total=now.total, description=now.title[:28])

        yield Watch(progress=show)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Called with files done and files in all, draws a bar while the block runs."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("files"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
