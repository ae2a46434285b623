"""The command line: loads a command by its name, and is the one place errors are shown."""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from typer.core import TyperGroup

import vault
from vault.cli import settings
from vault.cli.out import columns, talk
from vault.errors import Exit, Stopped, UsageError, VaultError

COMMANDS = {
    "init": "make a vault",
    "import": "take in scans and other files: chartmend import scan.pdf",
    "watch": "take in files as they arrive in a folder",
    "scan": "scan paper straight into the vault",
    "record": "list, show, read and export what was taken in",
    "search": "find words in everything you hold",
    "person": "the people whose records these are",
    "authority": "who may act for whom",
    "id": "documents that prove who you are, and copies of them",
    "provider": "who holds records",
    "request": "ask a provider for copies of records",
    "form": "providers' own forms, and what goes into which field",
    "due": "what is owed, and when",
    "remind": "your own reminders",
    "place": "which rules count where, and places you add",
    "holiday": "the days off that deadlines are counted by",
    "flag": "suspected and confirmed mistakes",
    "correction": "ask a provider to put mistakes right",
    "backup": "keep an encrypted copy somewhere else: chartmend backup DIR",
    "restore": "get the vault back from a backup",
    "verify": "look whether the vault is whole",
    "repair": "mend what can be mended without losing anything",
    "passphrase": "change the passphrase",
    "keyfile": "ask for a key file beside the passphrase",
    "keyring": "let the system's keyring open the vault",
    "recovery": "open the vault with the recovery code",
    "rotate": "give the vault a new key, and write all of it anew",
    "emergency": "a page to print: how to open the vault in an emergency",
    "setting": "how the app behaves",
    "doctor": "what this machine has and lacks",
    "demo": "try everything on invented records",
}


class Commands(TyperGroup):
    """The commands, each imported only when it is the one that runs."""

    def list_commands(self, ctx: object) -> list[str]:
        """The names, in the order of the journey."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> object:  # type: ignore[override]
        """The command of that name, from its own module."""
        if cmd_name not in COMMANDS:
            return None
        module = "import_" if cmd_name == "import" else cmd_name
        loaded = importlib.import_module(f"vault.cli.{module}")
        command = typer.main.get_command(loaded.app)
        command.name = cmd_name
        return command

    def format_help(self, ctx: object, formatter: object) -> None:
        """The help page, made without loading any command."""
        sys.stdout.write("\n".join(_help()) + "\n")


def _help() -> list[str]:
    codes = ", ".join(f"{code.value} {code.name.lower().replace('_', ' ')}" for code in Exit)
    return [
        "chartmend: ask for your health records, read them, get mistakes put right.",
        "",
        "  chartmend                      opens the app",
        "  chartmend COMMAND [OPTIONS]    does one thing; COMMAND --help tells more",
        "",
        "Commands",
        *(f"  {line}" for line in columns(list(COMMANDS.items()))),
        "",
        "With every command",
        *(f"  {line}" for line in columns(settings.HELP)),
        "",
        f"Exit codes: {codes}",
    ]


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        try:
            version = metadata.version("chartmend")
        except metadata.PackageNotFoundError:
            version = "(run from its own folder)"
        sys.stdout.write(f"chartmend {version}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True),
) -> None:
    """Ask for your health records, read them, get mistakes put right."""


def check_packages() -> None:
    """Raise VaultError where `vault` or `tui` is another program's package of that name."""
    here = Path(__file__).resolve().parents[1]
    spec = importlib.util.find_spec("tui")
    origin = Path(spec.origin).resolve().parent if spec and spec.origin else None
    mine = (vault.__doc__ or "").startswith("chartmend")
    if not mine or origin != here.parent / "tui":
        raise VaultError(
            "another program's package is in the way of chartmend's own",
            "install chartmend in an environment of its own: pipx install or uv tool install",
        )


def open_app() -> None:
    """Become the terminal app; raises UsageError where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal", "chartmend --help lists the commands")
    now = settings.current()
    where = ["--vault", str(now.vault)] if now.vault else []
    where += ["--key-file", now.key_file] if now.key_file else []
    os.execv(sys.executable, [sys.executable, "-P", "-m", "tui", *where])  # noqa: S606 - this very interpreter


def _explain(error: VaultError) -> int:
    talk(f"chartmend: {error.sentence}")
    if error.hint:
        talk(f"  hint: {error.hint}")
    return int(error.exit_code)


def _bug(error: BaseException) -> int:
    """Say where a bug is without a word of data; the values in a traceback could be a record."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "an unknown place"
    if trace is not None:
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    talk(f"chartmend: this is a bug in chartmend ({type(error).__name__} at {where})")
    talk("  hint: nothing you committed is lost; please report the words in brackets")
    return int(Exit.BUG)


def main(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        check_packages()
        now, rest = settings.split(argv)
        settings.use(now)
        if not rest:
            open_app()
        result = app(args=rest, prog_name="chartmend", standalone_mode=False)
        if result == Exit.INTERRUPTED:  # how the command parser passes on a Ctrl-C
            return _explain(Stopped())
        return result if isinstance(result, int) else 0
    except VaultError as error:
        return _explain(error)
    except (KeyboardInterrupt, typer.Abort):
        return _explain(Stopped())
    except Exception as error:  # noqa: BLE001 - the last boundary: no traceback reaches a person
        shown = getattr(error, "format_message", None)
        if shown is None:
            return _bug(error)
        where = getattr(getattr(error, "ctx", None), "command_path", "chartmend")
        wrong = f"{shown()}".rstrip(".").lower() or "wrong usage"
        return _explain(UsageError(wrong, f"see {where} --help"))


def run() -> None:
    """The `chartmend` command."""
    os.umask(0o077)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal of another character set shows an escape where it lacks a letter.
        sys.stdout.reconfigure(errors="backslashreplace")
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
