"""What the documents promise is what the program has: commands, options, fields, exit codes."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

from vault.cli import main, settings, shapes
from vault.errors import Exit

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "commands.md"
README = ROOT / "README.md"
FEW_WORDS = 3
"""A command's help: at least this many words, so that it says something."""


def _walk(command: object, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """A command and all below it, each with the words that call it."""
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _walk(below, (*words, name))


@cache
def _every() -> dict[str, object]:
    """Every command and subcommand of the program by its whole name."""
    root = typer.main.get_command(main.app)
    assert isinstance(root, main.Commands)
    found = (p for name in main.COMMANDS for p in _walk(root.get_command(None, name), (name,)))
    return {" ".join(words): command for words, command in found}


def _leaves() -> list[str]:
    return [name for name, command in _every().items() if not hasattr(command, "commands")]


def _sections() -> dict[str, str]:
    """The sections of docs/commands.md by the command their heading names."""
    parts = re.split(r"^### `chartmend (.+)`$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    names = sorted(_leaves(), key=len, reverse=True)
    found = {}
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        name = next(n for n in names if f"{heading} ".startswith(f"{n} "))
        found[name] = heading + text.split("\n## ")[0]
    return found


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    """No command lacks a section of docs/commands.md, and none there is not in the program."""
    assert sorted(_sections()) == sorted(_leaves())


@pytest.mark.parametrize("name", _leaves())
def test_a_section_names_every_option(name: str) -> None:
    """Each option of a command stands in the command's own section, by every name it has."""
    section = _sections()[name]
    options = [word for p in getattr(_every()[name], "params", ()) for word in p.opts]
    missing = [o for o in options if o.startswith("-") and not re.search(rf"{o}\b", section)]
    assert not missing


def _words(parameter: typer.core.TyperOption) -> list[str]:
    """An option's names, those that say no among them."""
    return [*parameter.opts, *parameter.secondary_opts]


def test_a_section_names_no_option_that_is_not_there() -> None:
    """An option in docs/commands.md is one of its command or of every command."""
    common = {name.split()[0] for name, _help in settings.HELP}
    for name, section in _sections().items():
        has = {word for p in getattr(_every()[name], "params", ()) for word in _words(p)} | common
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section)) <= has, name


def test_the_options_of_every_command_are_told() -> None:
    """What works with every command stands in docs/commands.md as the program's help has it."""
    text = PAGE.read_text("utf-8")
    assert [name for name, _help in settings.HELP if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", sorted(_every()))
def test_every_command_and_group_has_help(name: str) -> None:
    """Every command and every group of commands says in a sentence what it does."""
    said = getattr(_every()[name], "help", None) or ""
    assert said.endswith(".")
    assert len(said.split()) >= FEW_WORDS


def test_every_exit_code_is_listed_and_no_other() -> None:
    """The table of exit codes in docs/commands.md is the program's."""
    listed = re.findall(r"^\| (\d+) \|", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    assert [int(code) for code in listed] == sorted(Exit)


def test_every_json_field_is_told() -> None:
    """Every field that shapes.py writes stands in docs/commands.md, in a piece of code."""
    code = " ".join(re.findall(r"`([^`]+)`", PAGE.read_text("utf-8")))
    told = set(re.findall(r"\w+", code))
    tree = ast.parse(inspect.getsource(shapes))
    dicts = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    keys = {k.value for d in dicts for k in d.keys if isinstance(k, ast.Constant)}
    assert len(keys) > 20, "shapes.py is no longer read as it should be"
    assert keys <= told, keys - told


def test_every_command_in_the_readme_is_one() -> None:
    """Each command line that the README shows names a command and options that are there."""
    blocks = re.findall(r"^```\w+\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    shown = "".join(blocks)
    lines = re.findall(r"^(?:\$ )?chartmend ([a-z].*)$", shown, re.MULTILINE)
    assert lines, "the README shows no command"
    common = {name.split()[0] for name, _help in settings.HELP}
    for line in lines:
        words = line.split("#")[0].split()
        whole = (" ".join(words[:3]), " ".join(words[:2]), words[0])
        names = (*whole, f"{words[0]} make")  # `make` may be left out
        name = next((n for n in names if n in _leaves()), None)
        assert name is not None, line
        has = {word for p in getattr(_every()[name], "params", ()) for word in _words(p)} | common
        assert {w.split("=")[0] for w in words if w.startswith("--")} <= has, line


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs"]
)
def test_links_lead_to_files_that_are_there(page: str) -> None:
    """No document links to a file that is not in the project."""
    place = ROOT / page
    for document in sorted(place.glob("*.md")) if place.is_dir() else [place]:
        text = document.read_text("utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


@pytest.mark.parametrize("name", _leaves())
def test_the_readme_names_every_command(name: str) -> None:
    """A reader of the README alone has heard of every command there is."""
    assert re.search(rf"`{name}[ `]", (ROOT / "README.md").read_text(encoding="utf-8"))
