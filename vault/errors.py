"""The errors a person may see: each writes its own sentence and owns an exit code and a hint."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line (docs/commands.md lists them for people)."""

    OK = 0
    FAILED = 1
    USAGE = 2
    BAD_INPUT = 65
    NO_INPUT = 66
    MISSING_TOOL = 69
    BUG = 70
    CANNOT_WRITE = 73
    BUSY = 75
    DAMAGED = 76
    LOCKED = 77
    INTERRUPTED = 130


def _printable(text: str) -> str:
    """The text without what acts on a terminal: a path in it may be named by anybody."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


class VaultError(Exception):
    """An action that failed, said in one sentence a person can act on.

    Subclasses take data and write the sentence; they never carry the text of a record.
    """

    exit_code: Exit = Exit.FAILED
    hint: str = ""

    def __init__(self, sentence: str, hint: str | None = None) -> None:
        super().__init__(_printable(sentence))
        if hint is not None:
            self.hint = _printable(hint)

    @property
    def sentence(self) -> str:
        """The sentence, without the hint."""
        return str(self.args[0])


class UsageError(VaultError):
    """What was asked for makes no sense as it was asked."""

    exit_code = Exit.USAGE
    hint = "see chartmend --help"


class BadDate(UsageError):
    """A date that is no date."""

    def __init__(self, text: str, what: str = "the date") -> None:
        shown = "".join(c for c in text if c.isprintable())[:40]
        super().__init__(f"{what} is not a date: {shown!r}", "write it as YYYY-MM-DD")


class NotFound(VaultError):
    """There is no such thing, or nothing there."""

    exit_code = Exit.NO_INPUT


_LISTED = {
    "document": "id list",
    "evidence": "flag evidence list FLAG",
    "recipient": "correction recipient list COR",
    "remark": "record show REC",
}
"""The command that lists a noun where it is not the noun's own."""


class UnknownId(NotFound):
    """An id, or the beginning of one, that names nothing."""

    def __init__(self, noun: str, given: str) -> None:
        shown = "".join(c for c in given if c.isprintable())[:40]
        command = _LISTED.get(noun, f"{noun} list")
        super().__init__(f"no {noun} has the id {shown!r}", f"chartmend {command} shows the ids")


class AmbiguousId(UsageError):
    """The beginning of an id that more than one thing shares."""

    def __init__(self, noun: str, given: str, count: int) -> None:
        many = f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
        super().__init__(f"{count} {many} have an id that begins with {given!r}", "type more of it")


class NoVault(NotFound):
    """There is no vault where one was looked for."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"there is no vault in {folder}",
            "make one: chartmend init; get one back from a backup: chartmend restore DIR",
        )


class VaultExists(VaultError):
    """A new vault was asked for where something already is."""

    exit_code = Exit.CANNOT_WRITE

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder} is there already and not empty",
            "a vault in it opens as it is; another place is chosen with --vault DIR",
        )


class WrongPassphrase(VaultError):
    """The secret given opens no slot of this vault."""

    exit_code = Exit.LOCKED

    def __init__(self, what: str = "passphrase") -> None:
        verb = "do" if " and " in what else "does"
        super().__init__(
            f"the {what} {verb} not open this vault",
            "the recovery code opens it too: chartmend recovery use",
        )


class NoPassphrase(VaultError):
    """Nobody is there to type the passphrase, and no file gives it."""

    exit_code = Exit.LOCKED

    def __init__(self) -> None:
        super().__init__(
            "the vault is locked and there is no terminal to ask for the passphrase on",
            "give it with --passphrase-file FILE",
        )


class NoKeyFile(VaultError):
    """The vault opens with a key file beside the passphrase, and none was given."""

    exit_code = Exit.LOCKED

    def __init__(self) -> None:
        super().__init__(
            "this vault opens with a passphrase and a key file, and no key file was given",
            "give it with --key-file FILE; the recovery code opens the vault without it",
        )


class BadKeyFile(UsageError):
    """A file that cannot serve as a key file."""

    def __init__(self, name: str, why: str) -> None:
        shown = "".join(c for c in name if c.isprintable())
        super().__init__(f"{shown} cannot be a key file: {why}", "choose another file")


class BadRecoveryCode(UsageError):
    """A recovery code with a slip of the pen in it, noticed before any key is tried."""

    def __init__(self, why: str) -> None:
        super().__init__(f"that is not a recovery code: {why}", "it has 8 groups of 4 characters")


class Damaged(VaultError):
    """The vault is not as it was left."""

    exit_code = Exit.DAMAGED
    hint = "keep the folder as it is and run: chartmend verify"


class TooNew(VaultError):
    """A newer program wrote this vault."""

    exit_code = Exit.DAMAGED

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"this vault has format {found}, this program knows up to {known}",
            "use a newer chartmend; nothing was changed",
        )


class Unpromised(VaultError):
    """A vault of a test version, from before the first promised format."""

    exit_code = Exit.DAMAGED

    def __init__(self) -> None:
        super().__init__(
            "this vault was made by a test version, before the format of vaults was promised",
            "take the originals out with that version; nothing was changed",
        )


class Busy(VaultError):
    """Another process is writing to the vault."""

    exit_code = Exit.BUSY

    def __init__(self, pid: int | None, since: str = "") -> None:
        who = f"process {pid}" if pid else "another process"
        when = f" since {since}" if since else ""
        super().__init__(
            f"{who} has had this vault open for writing{when}",
            "close it, or wait; reading commands work meanwhile",
        )


class BackupBusy(VaultError):
    """Another process is working on the same backup folder."""

    exit_code = Exit.BUSY

    def __init__(self, folder: str) -> None:
        super().__init__(f"another process is using the backup in {folder}", "wait until it ends")


class RestoreBusy(VaultError):
    """Another process is building a vault for the same place."""

    exit_code = Exit.BUSY

    def __init__(self, folder: str) -> None:
        super().__init__(f"another restore is at work in {folder}", "wait until it ends")


class NoBackup(NotFound):
    """There is no finished backup where one was looked for."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"there is no finished backup in {folder}", "make one with: chartmend backup DIR"
        )


class CannotWrite(VaultError):
    """A place that cannot be written to, or a disk that is full."""

    exit_code = Exit.CANNOT_WRITE

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"cannot write {place}: {why}", "nothing that was there has been changed")


class CannotRead(VaultError):
    """A place that cannot be read."""

    exit_code = Exit.NO_INPUT

    def __init__(self, place: str, why: str) -> None:
        self.why = why
        super().__init__(f"cannot read {place}: {why}", "check the name and the permissions")


class BadInput(VaultError):
    """A file that is not what it was given as."""

    exit_code = Exit.BAD_INPUT


class MissingTool(VaultError):
    """A program, language or font this step needs is not installed."""

    exit_code = Exit.MISSING_TOOL

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"{what} is missing", hint)


class ProgramFailed(VaultError):
    """A program that was started to carry a backup elsewhere did not end well."""

    def __init__(self, program: str, code: int) -> None:
        super().__init__(
            f"{program} ended with code {code}",
            "its own words stand above; the backup on this computer is as it was",
        )


class WorkerFailed(VaultError):
    """The process that reads foreign files ended or answered out of turn."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"the reading process failed: {why}", "run the same command again")


class UnusableForm(VaultError):
    """A provider's form that cannot be filled in, with the reason as a clause."""

    exit_code = Exit.BAD_INPUT

    def __init__(self, name: str, why: str, hint: str = "") -> None:
        super().__init__(
            f"{name} cannot be filled in: {why}",
            hint or "print it and fill it in by hand, or send a letter: chartmend request letter",
        )


class Refused(VaultError):
    """A step the rules of this program do not allow, said with its reason."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence, hint)


class Stopped(VaultError):
    """The person stopped it; what was finished is kept."""

    exit_code = Exit.INTERRUPTED

    def __init__(self, kept: str = "", hint: str = "") -> None:
        super().__init__(f"stopped; {kept}" if kept else "stopped", hint)


class BadPlaces(VaultError):
    """A file of places and their rules with errors in it: `problems`, each with its line."""

    exit_code = Exit.BAD_INPUT

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        self.problems = tuple(problems)
        (line, why), more = self.problems[0], self.problems[1:]
        others = "; ".join(f"line {n}: {said}" for n, said in more[:4])
        left = f"; and {len(more) - 4} more" if len(more) > 4 else ""
        hint = f"{others}{left}; nothing was changed" if more else "nothing was changed"
        super().__init__(f"line {line}: {why}", hint)


class BadDocument(VaultError):
    """A file that cannot be kept as a document of the ID kit."""

    exit_code = Exit.BAD_INPUT

    def __init__(self, why: str) -> None:
        super().__init__(
            f"this file cannot be kept as a document: {why}",
            "PDF, JPEG, PNG, TIFF and HEIC can be kept, up to 10 MB",
        )


class BadEvidence(BadInput):
    """A file that cannot be kept as a picture that shows a mistake."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"this file cannot be kept as evidence: {why}",
            "JPEG, PNG, TIFF, HEIC or a PDF of one page, up to 10 MB; "
            "import longer papers as a record and name the place",
        )
