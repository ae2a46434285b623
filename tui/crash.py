"""What is said of an unexpected error: its type and place, never a value or a line of data."""

from __future__ import annotations

from pathlib import Path

from textual.worker import WorkerFailed

from vault.errors import VaultError


def cause(error: BaseException) -> BaseException:
    """The error itself where Textual has wrapped the failure of a worker around it."""
    while isinstance(error, WorkerFailed):
        error = error.error
    return error


def known(error: BaseException) -> VaultError | None:
    """The error as one a person may see, or None where it is a bug."""
    inner = cause(error)
    return inner if isinstance(inner, VaultError) else None


def sentence(error: BaseException) -> str:
    """One sentence for a bug: the type of the error and the file and line it came from."""
    inner = cause(error)
    trace = inner.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "an unknown place"
    if trace is not None:
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    return f"this is a bug in chartmend ({type(inner).__name__} at {where})"


HINT = "what was saved is safe; please report the words in brackets"
