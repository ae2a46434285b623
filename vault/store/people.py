"""People in the vault."""

from __future__ import annotations

import datetime as dt
import json

from vault.errors import UnknownId
from vault.model.people import Mrn, Person, Relation
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day, from_text_list, text_list

_COLUMNS = "id, name, born, sex, former_names, mrns, address, phone, email, relation, died_on"
_SELECT = f"SELECT {_COLUMNS} FROM person"
_INSERT = f"INSERT INTO person ({_COLUMNS}, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_UPDATE = """
UPDATE person SET name = ?, born = ?, sex = ?, former_names = ?, mrns = ?, address = ?, phone = ?,
    email = ?, relation = ?, died_on = ?
WHERE id = ?
"""


def _from_row(row: Row) -> Person:
    return Person(
        id=row[0],
        name=row[1],
        born=dt.date.fromisoformat(row[2]),
        sex=row[3],
        former_names=from_text_list(row[4]),
        mrns=tuple(Mrn(provider, number) for provider, number in json.loads(row[5])),
        address=from_text_list(row[6]),
        phone=row[7],
        email=row[8],
        relation=Relation(row[9]),
        died_on=from_day(row[10]),
    )


def _values(person: Person) -> tuple[str | None, ...]:
    mrns = json.dumps([[m.provider, m.number] for m in person.mrns], ensure_ascii=False)
    return (
        person.name,
        person.born.isoformat(),
        person.sex,
        text_list(person.former_names),
        mrns,
        text_list(person.address),
        person.phone,
        person.email,
        person.relation.value,
        day(person.died_on),
    )


def add(db: Db, person: Person, made_at: str) -> None:
    """Add a person."""
    db.execute(_INSERT, (person.id, *_values(person), made_at))


def change(db: Db, person: Person) -> None:
    """Put a person as they are now in the place of the one with that id."""
    db.execute(_UPDATE, (*_values(person), person.id))


def every(db: Db) -> tuple[Person, ...]:
    """All people, in the order they were added."""
    return tuple(_from_row(row) for row in db.execute(f"{_SELECT} ORDER BY made_at, rowid"))


def get(db: Db, id_: str) -> Person:
    """The person with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("person", id_)
    return _from_row(row)
