"""How long work shows its progress: a bar on a terminal's stderr, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vault.actions.imports.reading import Progress, Watch
from vault.errors import Stopped


@contextmanager
def following(password: Callable[[int], str] | None = None) -> Iterator[Watch]:
    """A watch that draws pages read, pages per minute and the time left while the block runs.

    `password` asks for that of locked files; the bar is out of its way meanwhile. Ctrl-C in the
    block becomes Stopped, for what is followed can be gone on with.
    """
    try:
        with _drawn(password) as watch:
            yield watch
    except KeyboardInterrupt:
        raise Stopped("what was finished is kept", "the same command goes on from there") from None


@contextmanager
def _drawn(password: Callable[[int], str] | None = None) -> Iterator[Watch]:
    if not sys.stderr.isatty():
        yield Watch() if password is None else Watch(password=password)
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
            unit = task.fields["unit"]
            return Text(f"{task.speed * 60:.0f} {unit}s/min" if task.speed else "", style="cyan")

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}s"),
        PerMinute(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, unit="page")

        def show(now: Progress) -> None:
            title = now.title[:28]
            bar.update(task, completed=now.done, total=now.total, description=title, unit=now.unit)

        def ask(files: int) -> str:
            bar.stop()
            try:
                return password(files) if password is not None else ""
            finally:
                bar.start()

        yield Watch(progress=show, password=ask)


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
