"""A file of places is read whole or refused with the line and the reason of every error."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import BadPlaces, Exit, UsageError
from vault.law import book, clock, rules
from vault.law.book import DayChange, PlaceFile
from vault.law.fields import Row
from vault.law.lines import line_of, lines
from vault.law.places import of_row
from vault.law.reading import rule
from vault.law.rules import Right, choose
from vault.model.providers import ProviderKind

OTHER = ProviderKind.OTHER
ACCESS = 'access = { days = 12, cite = "Law 1", verified = "text", confidence = "high" }'
GOOD = f"""schema_version = 1
as_of = 2026-11-23

[[jurisdiction]]
id = "xx"
name = "Xland"
country = "XX"
currency = "EUR"
{ACCESS}
"""
SOURCE = 'cite = "c", verified = "text", confidence = "high"'


def refused(text: str | bytes) -> BadPlaces:
    """What is said of a file with errors."""
    with pytest.raises(BadPlaces) as caught:
        book.check(text)
    return caught.value


def with_row(*rows: str) -> str:
    """A file whose one place is `us-xx`, from line 1, with these rows from line 4 on."""
    return "\n".join(('[[jurisdiction]]\nid = "us-xx"\nname = "X"', *rows)) + "\n"


def test_a_good_file_is_taken() -> None:
    """Its place has its rule, its name and, with no overlay, no one else's."""
    added = book.with_added([PlaceFile("mine", GOOD)])
    (found,) = choose("xx", OTHER, Right.ACCESS, added)
    assert (found.days, found.cite, found.name, found.holidays) == (
        12,
        "Law 1",
        "Xland",
        "weekends",
    )
    assert added.added == {"xx": "mine"}
    with pytest.raises(UsageError):
        choose("xx", OTHER, Right.ACCESS)


@pytest.mark.parametrize(
    ("rows", "line", "why"),
    [
        ([f"access = {{ days = 0, {SOURCE} }}"], 4, "access.days has to be a whole number"),
        ([f'access = {{ days = "3", {SOURCE} }}'], 4, "a whole number of days, 1 or more"),
        ([f"access = {{ days = 3.5, {SOURCE} }}"], 4, "a whole number of days, 1 or more"),
        ([f"access = {{ days = -3, {SOURCE} }}"], 4, "a whole number of days, 1 or more"),
        ([f"access = {{ days = true, {SOURCE} }}"], 4, "a whole number of days, 1 or more"),
        ([f"access = {{ days = 99999999, {SOURCE} }}"], 4, "access.days has to be 36600 days at"),
        ([f"access = {{ months = 1300, {SOURCE} }}"], 4, "access.months has to be 1200 months at"),
        ([f"access = {{ {SOURCE} }}"], 4, "access.days is missing, and so is months"),
        ([f"access = {{ days = 1, months = 1, {SOURCE} }}"], 4, "cannot stand beside days"),
        (["", f"access = {{ dayz = 3, days = 3, {SOURCE} }}"], 5, "did you mean days?"),
        (["# one", "# two", 'overlay = "us-zz"'], 6, "a place that is not there: 'us-zz'"),
        (['overlay = "us-xx"'], 4, "overlay leads back to the place itself"),
        (['yardstick = "nowhere"', ACCESS], 4, "yardstick names a place that is not there"),
        (['access = { days = 3, verified = "text", confidence = "high" }'], 4, "cite is missing"),
        (['access = { days = 3, cite = "c", confidence = "high" }'], 4, "verified is missing"),
        (['access = { days = 3, cite = "c", verified = "text" }'], 4, "confidence is missing"),
        (
            ['access = { days = 3, cite = "c", verified = "unverified", confidence = "high" }'],
            4,
            "access.confidence can be med at most where verified is unverified",
        ),
        (
            ['access = { days = 3, cite = "c", verified = "rumour", confidence = "high" }'],
            4,
            "access.verified has to be one of text official summary unverified, not 'rumour'",
        ),
        ([f'access = {{ days = 3, count = "lunar", {SOURCE} }}'], 4, "access.count has to be one"),
        (
            [f'access = {{ days = 3, day_kind = "business", count = "calendar_after", {SOURCE} }}'],
            4,
            "calendar_after does not go with the day_kind business",
        ),
        ([f'access = {{ days = 3, roll = "back", {SOURCE} }}'], 4, "access.roll has to be one of"),
        (["access = 30"], 4, "access has to be a table in braces"),
        ([f"access = {{ days = 9, extension_to_days = 3, {SOURCE} }}"], 4, "cannot be shorter"),
        ([ACCESS, 'holiday_set = "moon"'], 5, "is not a set of holidays this program has: moon"),
        ([ACCESS, 'holders = ["wizard"]'], 5, "a kind of holder that is not known: wizard"),
        ([ACCESS, 'holders = "hospital"'], 5, "holders has to be a list of texts"),
        ([ACCESS, 'currency = "Euro"'], 5, "three capital letters"),
        ([ACCESS, 'country = "Ireland"'], 5, "two capital letters"),
        ([ACCESS, "hipaa = 1"], 5, "true or false"),
        ([ACCESS, 'records_from = "1991-11-01"'], 5, "a date such as 2026-02-05, without quotes"),
        ([ACCESS, 'members = ["uk"]'], 5, "a place that has rules of its own: 'uk'"),
        ([ACCESS, 'colour = "blue"'], 5, "colour is not known here"),
        ([ACCESS, f"regulator = {{ complaint_days = 9, {SOURCE} }}"], 5, "regulator.name is miss"),
        (['currency = "EUR"'], 1, "states no rule"),
    ],
)
def test_an_error_is_told_with_its_line_and_reason(rows: list[str], line: int, why: str) -> None:
    """What is wrong, where, and in which place."""
    found = refused(with_row(*rows))
    assert (line, True) in [(n, why in said) for n, said in found.problems], found.problems
    assert all(said.startswith("us-xx: ") for _n, said in found.problems)
    assert found.exit_code is Exit.BAD_INPUT


FEE = f'audience = "patient", {SOURCE}'


@pytest.mark.parametrize(
    ("fee", "why"),
    [
        (f'{{ kind = "flat", amount = 6.50, {FEE} }}', "fees 1: amount has to be an amount in qu"),
        (f'{{ kind = "flat", amount = "six", {FEE} }}', 'such as "0.25"'),
        (f'{{ kind = "flat", amount = "-1", {FEE} }}', 'such as "0.25"'),
        (f'{{ kind = "flat", {FEE} }}', "fees 1: amount is missing for a fee of the kind flat"),
        (f'{{ kind = "per_page", {FEE} }}', "fees 1: tiers is missing"),
        (f'{{ kind = "bribe", {FEE} }}', "fees 1: kind has to be one of cost_based"),
        (f'{{ kind = "free", medium = "clay", {FEE} }}', "fees 1: medium has to be one of any"),
        (f'{{ kind = "free", {SOURCE} }}', "fees 1: audience is missing"),
        (
            f'{{ kind = "per_page", tiers = [{{ from = 1, amount = 1 }}], {FEE} }}',
            "fees 1: tiers 1: amount has to be an amount",
        ),
        (
            '{ kind = "per_page", tiers = [{ from = 1, to = 9, amount = "1" }, '
            f'{{ from = 20, amount = "1" }}], {FEE} }}',
            "follow one on another without a gap",
        ),
    ],
)
def test_an_error_in_a_fee_is_told(fee: str, why: str) -> None:
    """Amounts are texts, tiers follow one on another, each with its line."""
    found = refused(with_row('currency = "EUR"', ACCESS, f"fees = [\n  {fee},\n]"))
    ((line, said),) = found.problems
    assert line in (6, 7)
    assert why in said


def test_money_needs_a_currency() -> None:
    """The place's own, or that of what it is laid over."""
    fee = f'fees = [{{ kind = "flat", amount = "5", {FEE} }}]'
    assert "names no currency" in refused(with_row(ACCESS, fee)).sentence
    book.check(with_row('overlay = "us-hipaa"', fee))


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('[[jurisdiction]]\nid = "xx"\nname = \n', 3, "no TOML: invalid value"),
        ('[[jurisdiction]]\nid = "xx"\nid = "yy"\n', 3, "no TOML: cannot overwrite a value"),
        ('[[jurisdiction]\nid = "xx"\n', 1, "no TOML"),
        ('a = """never closed\n\n', 3, "no TOML: "),
        ("schema_version = 2\n" + GOOD.split("\n", 1)[1], 1, "it knows 1"),
        ("as_of = 5\n" + GOOD.split("as_of = 2026-11-23\n")[1], 1, "as_of has to be a date"),
        ("", 1, "states nothing"),
        ("[jurisdiction]\nid = 3\n", 1, "jurisdiction has to stand as [[jurisdiction]]"),
        ('[[jurisdictions]]\nid = "xx"\n', 1, "did you mean jurisdiction?"),
        ("x = " + "[" * 9000 + "]" * 9000, 1, "too deep"),
        ("x = " + "9" * 6000, 1, "no TOML"),
        (GOOD + GOOD.split("\n\n", 1)[1], 11, "stands in the file twice"),
        ("#" * 300_000, 1, "larger than"),
        (GOOD.replace('id = "xx"', 'id = "X land"'), 5, "small letters, figures and hyphens"),
        (GOOD.replace('id = "xx"\n', ""), 4, "jurisdiction 1: id is missing"),
        (GOOD.replace('name = "Xland"\n', ""), 4, "xx: name is missing"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, line: int, why: str) -> None:
    """Syntax errors, empty files, doubled ids and unknown versions, each with its line."""
    found = refused(text)
    assert any(n == line and why in said for n, said in found.problems), found.problems


def test_bytes_that_are_no_text_are_refused() -> None:
    """With the line of the first byte that is none."""
    found = refused(GOOD.encode() + b"name = \xff\n")
    assert found.problems == ((10, "this is no text in UTF-8"),)


def test_every_error_of_a_file_is_told_at_once() -> None:
    """The first in the sentence, the others in the hint, with nothing changed."""
    found = refused(with_row("access = 1", "colour = 2", "hipaa = 3"))
    assert [line for line, _said in found.problems] == [4, 5, 6]
    assert found.sentence == "line 4: us-xx: access has to be a table in braces: { … }"
    assert "line 5: us-xx: colour" in found.hint
    assert found.hint.endswith("nothing was changed")


def test_what_a_file_says_is_made_safe_to_show() -> None:
    """No control code of a name or a citation reaches a terminal, nor one in an error."""
    nasty = GOOD.replace("Xland", "X\\u001b[31mland").replace("Law 1", "Law\\u202e 1")
    (found,) = choose("xx", OTHER, Right.ACCESS, book.with_added([PlaceFile("n", nasty)]))
    assert "\x1b" not in found.name
    assert "\u202e" not in found.cite
    assert "\x1b" not in refused(GOOD.replace("days = 12", 'count = "\\u001b[1m"')).sentence


def test_a_file_changes_only_what_it_says_of_a_place_of_the_program() -> None:
    """California's twelve days; its fees, its right to look and HIPAA beside it stay."""
    mine = PlaceFile("ca", f'[[jurisdiction]]\nid = "us-ca"\nname = "California"\n{ACCESS}\n')
    added = book.with_added([mine])
    assert [r.days for r in choose("us-ca", OTHER, Right.ACCESS, added)] == [12, 30]
    assert added.places["us-ca"].fees == book.builtin().places["us-ca"].fees
    assert choose("us-ca", OTHER, Right.INSPECT, added)[0].days == 5
    assert [r.days for r in choose("us-ca", OTHER, Right.ACCESS)] == [15, 30]


def test_a_file_adds_members_to_a_place() -> None:
    """Those the program knows stay."""
    text = '[[jurisdiction]]\nid = "eu-gdpr"\nname = "EU"\nmembers = ["md"]\n'
    added = book.with_added([PlaceFile("eu", text)])
    for place in ("md", "de"):
        assert choose(place, OTHER, Right.ACCESS, added)[0].months == 1
    with pytest.raises(UsageError):
        choose("md", OTHER, Right.ACCESS)


def test_a_place_may_stand_before_what_it_is_laid_over() -> None:
    """And a later file may build on an earlier one; without that one it is left out, not fatal."""
    first = GOOD
    second = '[[jurisdiction]]\nid = "xx-y"\nname = "Y"\noverlay = "xx"\n'
    both = book.with_added([PlaceFile("a", second + "\n" + first.split("\n\n", 1)[1])])
    assert choose("xx-y", OTHER, Right.ACCESS, both)[0].days == 12
    apart = book.with_added([PlaceFile("a", first), PlaceFile("b", second)])
    assert choose("xx-y", OTHER, Right.ACCESS, apart)[0].days == 12
    alone = book.with_added([PlaceFile("b", second)])
    assert "xx-y" not in alone.places
    assert "not there: 'xx'" in alone.left_out["b"]


def test_a_user_place_without_a_rule_for_a_right_borrows_none_as_its_own() -> None:
    """Its rule for copies is shown for comparison, and said to be no more."""
    (found,) = choose("xx", OTHER, Right.AMENDMENT, book.with_added([PlaceFile("a", GOOD)]))
    assert (found.compared, found.right) == (True, Right.AMENDMENT)


def test_a_changed_day_counts_at_once_and_only_where_it_was_changed() -> None:
    """A day off in Tennessee moves its ten business days by one, and no other state's."""
    off = DayChange("us-tn", dt.date(2026, 12, 1), "a closing", off=True)
    mine = book.with_added([], [off])
    start = dt.date(2026, 11, 25)
    dues = [
        clock.due(choose(place, OTHER, Right.ACCESS, mine), start).on
        for place in ("us-tn", "us-wa")
    ]
    assert dues == [dt.date(2026, 12, 11), dt.date(2026, 12, 17)]
    worked = book.with_added([], [DayChange("us", dt.date(2026, 11, 26), "", off=False)])
    due = clock.due(choose("us-tn", OTHER, Right.ACCESS, worked), start)
    assert due.on == dt.date(2026, 12, 9)
    assert clock.due(choose("us-tn", OTHER, Right.ACCESS), start).on == dt.date(2026, 12, 10)


def test_the_programs_own_file_is_of_the_same_shape() -> None:
    """Read as a person's, it is taken, and makes the same places."""
    text = resources.files("vault.law").joinpath("jurisdictions.toml").read_text("utf-8")
    text = text.replace("  " + '"at", "be"', "  " + '"xa", "be"')
    own = book.with_added([PlaceFile("all", text)])
    assert not own.left_out
    assert own.places.keys() == book.builtin().places.keys()
    assert rules.knows("xa", own)


def _paths(value: object, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, below in value.items():
            found += _paths(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            found += _paths(below, (*path, index))
    return found


def test_every_key_of_the_programs_file_is_found_on_its_line() -> None:
    """The line that is told for a key is one on which the key stands."""
    text = resources.files("vault.law").joinpath("jurisdictions.toml").read_text("utf-8")
    found, rows = lines(text), text.splitlines()
    paths = _paths(tomllib.loads(text), ())
    assert len(paths) > 1500
    for path in paths:
        assert path in found, path
        if isinstance(path[-1], str) and path[-1] not in ("jurisdiction",):
            assert path[-1] in rows[found[path] - 1]
    assert line_of(found, ("jurisdiction", 0, "nothing")) == found["jurisdiction", 0]


PAGE = Path(__file__).parents[2] / "docs" / "law.md"


def test_the_file_shown_in_the_documents_is_a_good_one() -> None:
    """And makes the place it shows."""
    (shown,) = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    added = book.with_added([PlaceFile("shown", shown)])
    assert not added.left_out
    assert choose("us-ar", OTHER, Right.ACCESS, added)[0].days == 12


def test_every_key_there_is_stands_in_the_documents() -> None:
    """Those of a place and those of a rule."""
    told = set(re.findall(r"`([a-z_]+)`", PAGE.read_text("utf-8")))
    place, access = Row({}, (), "x", []), Row({"days": 1}, (), "x", [])
    of_row(place)
    rule(access, {"id": "x", "name": "X"}, Right.ACCESS)
    fixed = {"lookback_years", "max_days", "out_of_state_days", "from_date"}
    assert place.known | access.known - fixed <= told


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_no_input_at_all_is_more_than_refused(source: str | bytes) -> None:
    """Whatever a file holds, it is read or refused in a sentence."""
    said = ""
    try:
        book.check(source)
    except BadPlaces as error:
        said = error.sentence
    assert said.startswith("line "), "no random input is a file of places"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
KEYS = st.sampled_from((
    "id", "name", "overlay", "access", "amendment", "fees", "regulator", "members", "holders",
    "denial_review", "addendum", "states", "accounting", "currency", "country", "as_of",
))  # fmt: skip


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_no_value_of_a_key_is_more_than_noted(row: dict[str, object]) -> None:
    """Whatever stands under a key of a place, it is built or noted, and nothing breaks."""
    of_row(Row(row, ("jurisdiction", 0), "x", []))
