"""One worker process as its parent sees it: started clean, asked, and killed when late."""

from __future__ import annotations

import contextlib
import os
import signal
import site
import subprocess
import sys
import time
from pathlib import Path

import vault
from vault.errors import VaultError, WorkerFailed
from vault.model.reading import ByteSource
from vault.workers import checks, protocol, scratch, wire
from vault.workers.kinds import Kind

_PASSED_ON = ("PATH", "TESSDATA_PREFIX")
_END_SECONDS = 2.0


class SourceFailed(Exception):
    """The parent could not read the file it was asked for."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def environment() -> dict[str, str]:
    """The whole environment of a worker: of the parent's, only where programs and data are."""
    clean = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    clean |= {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "RAYON_NUM_THREADS": "1"}
    root = str(Path(vault.__file__).resolve().parent.parent)
    if root not in {*site.getsitepackages(), site.getusersitepackages()}:
        clean["PYTHONPATH"] = root  # run from a checkout, the package is found by path alone
    return clean


class Worker:
    """A running worker of a kind; a `scratch` one gets a private folder in memory.

    Raises WorkerFailed where the process does not start in `seconds`.
    """

    def __init__(self, seconds: float, kind: Kind = Kind.READER) -> None:
        self.kind = kind
        self._scratch = scratch.make() if kind is Kind.SCRATCH else None
        command = [sys.executable, "-P", "-B", "-m", "vault.workers", kind]
        if self._scratch is not None:
            command.append(str(self._scratch))
        try:
            # Its own session: the terminal's signals pass it by, and what it starts dies with it.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                cwd="/",
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            scratch.remove(self._scratch)
            raise WorkerFailed("it did not start") from error
        self._deadline = time.monotonic() + seconds
        self._greeted = False
        self._source: ByteSource | None = None
        self._token = 0
        if self._process.stdin is None or self._process.stdout is None:
            raise WorkerFailed("it has no pipes")
        self._pipes = (self._process.stdin, self._process.stdout)
        self._wire = wire.Wire(self._pipes[1].fileno(), self._pipes[0].fileno())

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def greet(self) -> None:
        """Wait until the process is ready for its first job; raises WorkerFailed if it never is."""
        if self._greeted:
            return
        try:
            kind, payload = self._wire.receive(self._deadline)
        except (wire.Late, wire.Ended) as error:
            raise WorkerFailed("it did not start") from error
        if kind != wire.JSON or checks.load(payload) != {"ready": True}:
            raise WorkerFailed("it did not start")
        self._greeted = True

    def token(self, source: ByteSource) -> int:
        """The number this worker knows a file by; a new one for every file but the last."""
        if source is not self._source:
            # Holding the last source keeps its identity from being given to another.
            self._source, self._token = source, self._token + 1
        return self._token

    def ask(
        self, job: protocol.Job, source: ByteSource, seconds: float
    ) -> tuple[checks.Json, bytes]:
        """Have a job done; returns the answer and the bytes that came with it, both unchecked.

        Raises Late, Ended, SourceFailed, or WorkerFailed for an answer out of turn; the worker
        is of no more use after any of them.
        """
        deadline = time.monotonic() + seconds
        self._wire.send(wire.JSON, checks.dump(protocol.encode_job(job)), deadline)
        while True:
            kind, payload = self._wire.receive(deadline)
            if kind != wire.JSON:
                raise WorkerFailed("it answered out of turn")
            answer = checks.load(payload)
            if "need" in answer:
                self._give(source, answer["need"], deadline)
                continue
            if not protocol.FOLLOWED & answer.keys():
                return answer, b""
            kind, data = self._wire.receive(deadline)
            if kind != wire.BYTES:
                raise WorkerFailed("it did not send the bytes that belong to its answer")
            return answer, data

    def _give(self, source: ByteSource, need: object, deadline: float) -> None:
        offset, length = protocol.needed(need, source.size)
        try:
            data = source.read_at(offset, length)
        except VaultError as error:
            raise SourceFailed(error.sentence) from error
        except (OSError, ValueError) as error:  # ValueError: it has been closed meanwhile
            raise SourceFailed("the stored file could not be read") from error
        self._wire.send(wire.BYTES, data[:length], deadline)

    def kill(self) -> None:
        """End the process and all it started, at once; may be called from any thread."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self, *, kill: bool) -> None:
        """End the process, reap it, and remove what it may have written."""
        if kill:
            self.kill()
        self._pipes[0].close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        self._pipes[1].close()
        scratch.remove(self._scratch)
