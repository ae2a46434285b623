"""The shape of the house: short files that say what they are for, and light imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([*(ROOT / "vault").rglob("*.py"), *(ROOT / "tui").rglob("*.py")])
LONGEST = 400


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    """No file is over the line limit, and each begins with a docstring of one sentence."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    said = ast.get_docstring(ast.parse(text))
    assert said, "a module says what it is for"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name == "__init__.py"], ids=_name)
def test_a_package_file_holds_a_docstring_only(path: Path) -> None:
    """Nothing happens, and nothing is re-exported, by importing a package."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


def test_no_test_is_skipped_for_good() -> None:
    """A test is left out only where the machine lacks what it needs, never by a bare mark."""
    for path in (ROOT / "tests").rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"mark\.(skip\b(?!if)|xfail)", text.replace("\\", "")), path


def _loaded(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], check=True, capture_output=True, text=True
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


HEAVY = {
    "textual", "rich", "cryptography", "sqlcipher3", "pypdf", "pypdfium2", "PIL", "typst",
    "tesserocr", "pytesseract", "holidays", "rapidfuzz", "pikepdf", "lxml",
    "icalendar",
}  # fmt: skip


def test_help_loads_no_heavy_library() -> None:
    """`chartmend --help` answers without loading what other commands need."""
    assert not HEAVY & _loaded("from vault.cli.main import main\nmain(['--help'])")


PARSERS = {
    "pypdf", "pypdfium2", "pikepdf", "lxml", "PIL", "tesserocr", "pytesseract", "typst", "textual",
}  # fmt: skip


@pytest.mark.parametrize(
    "module",
    [
        "vault.actions.imports.run",
        "vault.actions.corrections",
        "vault.actions.home",
        "vault.actions.filling",
    ],
)
def test_actions_load_no_parser_and_no_app(module: str) -> None:
    """Importing what a person can do loads no parser of foreign bytes and no terminal app."""
    assert not PARSERS & _loaded(f"import {module}")
