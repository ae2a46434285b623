"""A worker: takes jobs on foreign files from its parent by a pipe, and answers on another."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from vault.errors import VaultError
from vault.ingest.files import Fetch
from vault.ingest.jobs import Desk, File
from vault.ingest.sheet import Unreadable
from vault.workers import bundles, checks, limits, protocol, tools, wire


def _pipes() -> wire.Wire:
    """The pipes to the parent, put where no library's own prints or reads can reach them."""
    reader, writer = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return wire.Wire(reader, writer)


def _fetcher(pipes: wire.Wire) -> Fetch:
    def fetch(offset: int, length: int) -> bytes:
        pipes.send(wire.JSON, checks.dump({"need": [offset, length]}))
        kind, data = pipes.receive()
        if kind != wire.BYTES:
            raise wire.Ended
        return data

    return fetch


def _answer(job: protocol.Job, desk: Desk, fetch: Fetch) -> tuple[checks.Json, bytes | None]:
    about = job.document
    file = File(about.token, about.size, about.media, about.password, fetch)
    deadlines = limits.DEADLINES
    if isinstance(job, protocol.ProbeJob):
        limits.begin_job(deadlines.probe)
        return {"probe": protocol.encode_probe(desk.probe(file))}, None
    if isinstance(job, protocol.PageJob):
        limits.begin_job(deadlines.page)
        return {"page": protocol.encode_page(desk.page(file, job.page, job.options))}, None
    if isinstance(job, protocol.MembersJob):
        limits.begin_job(deadlines.bundle)
        return {"members": bundles.encode_members(desk.members(file, job.start))}, None
    if isinstance(job, protocol.PieceJob):
        limits.begin_job(deadlines.bundle)
        piece = desk.piece(file, job.index, job.offset)
        return {"piece": {"end": piece.end}}, piece.data
    limits.begin_job(deadlines.draw)
    picture = desk.draw(file, job.view)
    return {"picture": protocol.encode_picture(picture)}, picture.pixels


def _do(data: bytes, desk: Desk, pipes: wire.Wire) -> None:
    try:
        answer, extra = _answer(protocol.decode_job(checks.load(data)), desk, _fetcher(pipes))
        message = checks.dump(answer)
    except wire.Ended:
        raise
    except Unreadable as problem:
        message, extra = checks.dump({"refused": problem.clause}), None
    except MemoryError:
        desk.forget()
        message, extra = checks.dump({"failed": "memory"}), None
    except Exception:  # noqa: BLE001 - a foreign file may break any parser in any way
        # Nothing of the error is passed on: its text may hold what the file says.
        desk.forget()
        message, extra = checks.dump({"failed": "crash"}), None
    limits.end_job()
    pipes.send(wire.JSON, message)
    if extra is not None:
        pipes.send(wire.BYTES, extra)


def main(arguments: list[str]) -> int:
    """Serve until the parent closes its pipe; the argument is a folder for temporary files."""
    folder = Path(arguments[0]) if arguments else None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to decide on
    limits.apply(files=folder is not None)
    pipes = _pipes()
    desk = Desk(tools.tessdata_folder(), folder)
    try:
        pipes.send(wire.JSON, checks.dump({"ready": True}))
        while True:
            kind, data = pipes.receive()
            if kind == wire.JSON:
                _do(data, desk, pipes)
    except (wire.Ended, VaultError):
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
