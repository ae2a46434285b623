"""Providers from the registry's files: what is kept, what is skipped, and what is never changed."""

from __future__ import annotations

import contextlib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.registry_files import (
    HEADER,
    TEST_NPIS,
    csv_file,
    json_file,
    organisation,
    person,
    result,
)
from vault.actions import offices, providers
from vault.actions.people import Contact
from vault.actions.providers import Change
from vault.actions.registry import reading, run
from vault.actions.registry.reading import Bad
from vault.actions.registry.run import Subset
from vault.actions.session import Session
from vault.errors import BadInput, CannotRead, Exit, UsageError
from vault.model.providers import ProviderKind

A, B, C, D = TEST_NPIS
ALL = Subset()


@pytest.fixture
def monthly(tmp_path: Path) -> Path:
    """A small file of 330 columns: a hospital, a doctor, a laboratory elsewhere, a dead number."""
    path = tmp_path / "npidata.csv"
    rows = [
        organisation(A, "QUILLON HOSPITAL", other="OLD MILL INFIRMARY"),
        person(B, "DANA", "QUILL"),
        organisation(C, "QUAY LABS", state="OR", city="SALEM", taxonomy="291U00000X"),
        {"NPI": D, "NPI Deactivation Date": "01/02/2020"},
    ]
    path.write_bytes(csv_file(rows))
    return path


def test_rows_become_providers_to_confirm(vault: Session, monthly: Path) -> None:
    """Names, other names, kind, place, the practice's address; the one for mail as an office."""
    assert len(HEADER) == 330
    done = run.take(vault, monthly, ALL)
    assert (done.added, done.deactivated, done.skipped, done.bad) == (3, 1, 1, [])
    doctor, lab, hospital = sorted(providers.every(vault), key=lambda p: p.name)
    assert hospital.name == "QUILLON HOSPITAL"
    assert hospital.kind is ProviderKind.HOSPITAL
    assert hospital.jurisdiction == "us-tx"
    assert hospital.address == ("1 INVENTED PLAZA", "AUSTIN, TX 78701-0001")
    assert hospital.phone == "555-010-0000"
    assert hospital.other_names == ("OLD MILL INFIRMARY",)
    assert hospital.npi == A
    assert "NPI registry (npidata.csv)" in hospital.to_confirm
    (mail,) = offices.of(vault, hospital.id)
    assert mail.address == ("PO BOX 7", "DALLAS, TX")
    assert (doctor.name, doctor.kind) == ("DANA QUILL, M.D.", ProviderKind.PRIMARY_CARE)
    assert doctor.other_names == ("DANA EARLIER",)
    assert (lab.kind, lab.jurisdiction) == (ProviderKind.LAB, "us-or")


@pytest.mark.parametrize(
    ("subset", "npis"),
    [
        (Subset(state="tx"), {A, B}),
        (Subset(city="Salem"), {C}),
        (Subset(name="mill old"), {A}),
        (Subset(name="quill"), {A, B}),
        (Subset(postal="787"), {A, B, C}),
        (Subset(kind=ProviderKind.LAB), {C}),
        (Subset(state="tx", kind=ProviderKind.PRIMARY_CARE), {B}),
        (Subset(limit=1), {A}),
        (Subset(name="Hospitál"), {A}),
        (Subset(name="nobody"), set()),
    ],
)
def test_a_subset_is_chosen(vault: Session, monthly: Path, subset: Subset, npis: set[str]) -> None:
    """By place, words of any name, kind, number; letter case and accents do not matter."""
    done = run.take(vault, monthly, subset)
    assert {p.npi for p in providers.every(vault)} == npis
    assert done.more == (subset.limit == 1)


def test_again_changes_nothing_and_doubles_nothing(vault: Session, monthly: Path) -> None:
    """The same file a second time: all unchanged."""
    run.take(vault, monthly, ALL)
    before = providers.every(vault)
    done = run.take(vault, monthly, ALL)
    assert (done.added, done.updated, done.unchanged) == (0, 0, 3)
    assert providers.every(vault) == before


def test_what_a_person_confirmed_or_typed_stays(vault: Session, tmp_path: Path) -> None:
    """A newer file moves the address of those nobody looked at, and of no other."""
    path = tmp_path / "filtered.csv"
    path.write_bytes(csv_file([organisation(n, f"CLINIC {n}") for n in (A, B, C)]))
    run.take(vault, path, ALL)
    held = {p.npi: p.id for p in providers.every(vault)}
    providers.confirm(vault, held[A])
    providers.edit(vault, held[B], Change(contact=Contact(address=("3 Own Way",))))
    providers.edit(vault, held[C], Change(contact=Contact(phone="555-0199")))
    moved = [organisation(n, f"CLINIC {n}", street="9 NEW ROAD") for n in (A, B, C)]
    path.write_bytes(csv_file(moved))
    done = run.take(vault, path, ALL)
    assert (done.added, done.updated, done.unchanged) == (0, 1, 2)
    now = {p.npi: p for p in providers.every(vault)}
    assert now[A].address[0] == "1 INVENTED PLAZA"
    assert now[B].address == ("3 Own Way",)
    assert now[C].address[0] == "9 NEW ROAD"
    assert now[C].phone == "555-0199"


def test_broken_rows_are_named_by_line_and_the_rest_is_kept(vault: Session, tmp_path: Path) -> None:
    """A wrong check digit, too few cells, an open quotation mark, no name, bytes of no text."""
    good = csv_file([organisation(A, "GOOD ONE")]).splitlines(keepends=True)
    header, row = good
    broken = [
        row.replace(A.encode(), b"1555000012"),
        b'"1555000029","2"\n',
        row.replace(b'"GOOD ONE"', b'"GOOD ONE'),
        row.replace(b"GOOD ONE", b""),
        row.replace(b"GOOD ONE", b"BAD \x00 ONE"),
        row.replace(b"GOOD ONE", b"BAD \xff ONE"),
        b'"' + b"x" * 200_000 + b'"\n',
        row.replace(b'"2"', b'"9"', 1),
    ]
    path = tmp_path / "broken.csv"
    path.write_bytes(b"".join([header, *broken, row]))
    done = run.take(vault, path, ALL)
    assert done.added == 1
    assert [bad.line for bad in done.bad] == list(range(2, 10))
    whys = " ".join(bad.why for bad in done.bad)
    for said in ("check digit", "columns", "quotation", "no name", "not text", "UTF-8", "longer"):
        assert said in whys
    assert providers.every(vault)[0].name == "GOOD ONE"


def test_an_answer_of_the_search_is_read(vault: Session, tmp_path: Path) -> None:
    """JSON: the primary taxonomy decides, the brand is another name, a broken result is named."""
    path = tmp_path / "answer.json"
    path.write_bytes(json_file([result(A, "QUAY LABS"), {"number": "12"}, 7, result(B, "B LAB")]))
    done = run.take(vault, path, ALL)
    assert (done.added, [bad.line for bad in done.bad]) == (2, [2, 3])
    lab = next(p for p in providers.every(vault) if p.npi == A)
    assert lab.kind is ProviderKind.LAB
    assert lab.other_names == ("QUAY LABS BRAND",)
    assert lab.address == ("2 INVENTED ROW", "BOISE, ID 83701")
    assert lab.fax == "555-010-0001"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04zip", "ZIP"),
        (b"\x00\x01binary", "not text"),
        (b"name,phone\nx,y\n", "no column 'NPI'"),
        (b"", "no column"),
        (b'{"results": 5}', "no results"),
        (b'{"results": [', "not whole JSON"),
        (b"[" * 100_000, "not whole JSON"),
        (b'"open,quote\n', "quotation"),
        (b'{"results": [' + b"1" * 5000 + b"]}", "not whole JSON"),
    ],
)
def test_other_files_are_refused_in_a_sentence(
    vault: Session, tmp_path: Path, data: bytes, said: str
) -> None:
    """What is no file of the registry keeps nothing and says why."""
    path = tmp_path / "other"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=said) as caught:
        run.take(vault, path, ALL)
    assert caught.value.exit_code is Exit.BAD_INPUT
    assert providers.every(vault) == ()


def test_a_file_that_is_not_there(vault: Session, tmp_path: Path) -> None:
    """A missing file and a folder cannot be read."""
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(CannotRead):
            run.take(vault, path, ALL)


def test_of_a_big_file_a_part_has_to_be_chosen_and_memory_stays_small(
    vault: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times the size from which a choice is asked for: read with a third of it in memory."""
    monkeypatch.setattr(run, "BIG", 2**20)
    path = tmp_path / "big.csv"
    header, row = csv_file([organisation(A, "FAR AWAY", state="OR")]).splitlines(keepends=True)
    wanted = csv_file([organisation(B, "NEAR BY")]).splitlines(keepends=True)[1]
    with path.open("wb") as file:
        file.write(header)
        while file.tell() < 3 * 2**20:
            file.write(row * 100)
        file.write(wanted)
    with pytest.raises(UsageError, match="3 MB: say which part"):
        run.take(vault, path, ALL)
    tracemalloc.start()
    done = run.take(vault, path, Subset(name="near"))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.added == 1
    assert most < 2**20


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(['"NPI","Entity Type Code"\n', '{"results": [']))
def test_any_bytes_give_rows_or_a_sentence(tmp_path: Path, data: bytes, begin: str) -> None:
    """Behind a right beginning any bytes are rows, bad rows, or a refusal; nothing else comes."""
    path = tmp_path / "any"
    path.write_bytes(begin.encode() + data + (b"]}" if begin.startswith("{") else b""))
    with contextlib.suppress(BadInput):
        for line, row in reading.read(path, lambda _line: True):
            assert line >= 1
            assert not isinstance(row, Bad) or row.why
