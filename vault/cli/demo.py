"""chartmend demo: the main job on invented records, in a folder that can be removed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from vault.actions import session as sessions
from vault.cli import settings
from vault.cli.options import new_app
from vault.cli.out import emit, talk
from vault.cli.progress import following
from vault.demo import story

app = new_app()


def _places(into: Path | None) -> story.Places:
    return story.Places((into or sessions.demo_folder()).absolute())


def _open_app(places: story.Places) -> None:
    """Become the app on the demo vault; it reads the passphrase, which is no secret, itself."""
    secret = places.folder / "passphrase.txt"
    secret.write_text(story.PASSPHRASE + "\n")
    os.environ["CHARTMEND_PASSPHRASE_FILE"] = str(secret)
    os.environ["XDG_STATE_HOME"] = str(places.state)
    where = [sys.executable, "-P", "-m", "tui", "--vault", str(places.vault)]
    sys.stdout.flush()
    os.execv(sys.executable, where)  # noqa: S606 - this very interpreter


@app.command()
def demo(
    headless: Annotated[bool, typer.Option("--headless", help="tell the story and end")] = False,
    into: Annotated[Path | None, typer.Option(help="the folder to use")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="remove the demo's folder")] = False,
) -> None:
    """Try everything on invented records: import, suspicion, flag, correction letter, app."""
    places = _places(into)
    if remove:
        gone = story.remove(places)
        emit({"removed": gone, "folder": str(places.folder)}, lambda: [f"{places.folder} is gone"])
        return
    quiet = settings.current().json

    def tell(line: str) -> None:
        talk(line) if quiet else sys.stdout.write(line + "\n")

    tell(f"The demo's folder:  {places.folder}")
    with story.prepare(places) as session, following() as watch:
        story.tell_story(session, places, settings.current().today, tell, watch)
    tell(f"The vault:          {places.vault}  (passphrase: {story.PASSPHRASE})")
    tell("Remove all of it:   ./run demo --remove   (or: chartmend demo --remove)")
    if sys.stdin.isatty() and sys.stdout.isatty() and not headless and not quiet:
        _open_app(places)
    files = {"folder": places.folder, "vault": places.vault, "letter": places.letter}
    emit({name: str(path) for name, path in files.items()}, lambda: ())
