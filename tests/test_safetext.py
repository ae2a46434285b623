"""Text from files is harmless to show."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vault.safetext import BIDI_MARK, safe, safe_file_name, safe_line

HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200b]")
ANY = st.text(alphabet=st.characters(), max_size=80)
NASTY = st.text(
    alphabet=st.sampled_from(
        "a \n\r\t\x1b\x00\x9b\x7f\u202e\u2066\u200b\u00ad\ufeff\u2028e\u0301[]m"
    ),
    max_size=60,
)


@given(st.one_of(ANY, NASTY))
def test_no_control_code_survives(text: str) -> None:
    """Neither ESC nor C1, DEL, surrogates or direction codes are left, and NFC holds."""
    shown = safe(text)
    assert not HOSTILE.search(shown)
    assert unicodedata.is_normalized("NFC", shown)
    shown.encode("utf-8")


@given(st.one_of(ANY, NASTY))
def test_making_text_safe_twice_changes_nothing(text: str) -> None:
    """All three are at rest after the first time."""
    assert safe(safe(text)) == safe(text)
    assert safe_line(safe_line(text)) == safe_line(text)
    assert safe_file_name(safe_file_name(text)) == safe_file_name(text)


@given(st.one_of(ANY, NASTY))
def test_a_line_is_one_line(text: str) -> None:
    """No break and no run of blanks is left, and the limit holds."""
    line = safe_line(text, 20)
    assert len(line) <= 20
    assert line == " ".join(line.split())


@given(st.text(alphabet=st.characters(max_codepoint=0x7F), max_size=30), st.integers(1, 9))
def test_a_plain_line_takes_no_other_way_than_any(text: str, limit: int) -> None:
    """Plain letters alone, which are seen at a glance, come out as the full way has them."""
    full = " ".join(safe(text, limit * 4).split())[:limit].rstrip()
    assert safe_line(text, limit) == full


@given(st.one_of(ANY, NASTY))
def test_a_file_name_is_never_a_path(text: str) -> None:
    """No slash, never empty."""
    name = safe_file_name(text)
    assert name
    assert "/" not in name
    assert "\\" not in name


def test_direction_codes_are_made_visible() -> None:
    """A name turned round by an override shows that it was."""
    assert safe("invoice\u202efdp.exe") == f"invoice{BIDI_MARK}fdp.exe"


def test_line_breaks_are_one_kind() -> None:
    """CR LF and CR become LF; tabs stay."""
    assert safe("a\r\nb\rc\td") == "a\nb\nc\td"


def test_ordinary_text_is_untouched() -> None:
    """Accents, other scripts and punctuation pass as they are."""
    text = "Zoë Ångström – 東京 ½ mg; «5 µg»"
    assert safe(text) == text


def test_the_last_part_of_a_path_is_the_name() -> None:
    """Foreign paths of both kinds are cut, and a name of nothing gets one."""
    assert safe_file_name("../../etc/passwd") == "passwd"
    assert safe_file_name("C:\\scans\\page 1.pdf") == "page 1.pdf"
    assert safe_file_name("dir/") == "unnamed"
    assert safe_file_name("\x1b\x00") == "unnamed"
