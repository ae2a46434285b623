"""The content root: one number that stands for every row, kept up to date by triggers.

It is a keyed multiset hash: the sum, modulo 2^256, of HMAC-SHA256 over each row. Adding a row
adds its value, removing it subtracts it, so a change costs the same in a vault of any size, and
the order of rows does not matter. An old database page put back in its place changes rows but
not this number, and so is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator

from vault.store import crypto
from vault.store.database import Db

UNROOTED = ("audit", "content_root")
"""Tables left out: the audit chain vouches for itself, and the root cannot contain itself."""

ROOT_BYTES = 32
_MODULUS = 1 << 256


def tables(db: Db) -> tuple[str, ...]:
    """The tables the root covers: every ordinary table but UNROOTED, indexes of search aside."""
    rows = db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
    )
    names = (str(row[0]) for row in rows)
    return tuple(n for n in names if n not in UNROOTED and not n.startswith("sqlite_"))


def columns(db: Db, table: str) -> tuple[str, ...]:
    """The columns of a table in their order."""
    rows = db.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    return tuple(str(row[0]) for row in rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def value_of(key: bytes, table: str, row: tuple[object, ...]) -> int:
    """What a row adds to the root."""
    return int.from_bytes(crypto.mac(key, crypto.pack(table, *row)))


def _pairs(typed: tuple[object, ...]) -> Iterator[tuple[object, object]]:
    return zip(typed[::2], typed[1::2], strict=True)


def _text(raw: object) -> object:
    return raw.decode() if isinstance(raw, bytes) else raw


def _typed(column: str) -> str:
    """A column as a function may see it: text goes in as bytes, or it would end at a NUL."""
    return f"typeof({column}), iif(typeof({column}) = 'text', CAST({column} AS BLOB), {column})"


def register(db: Db, key: bytes) -> None:
    """Give a connection the SQL function `root_step(root, sign, table, type, column…)`."""

    def root_step(root: bytes, sign: int, table: str, *typed: object) -> bytes:
        row = tuple(_text(v) if kind == "text" else v for kind, v in _pairs(typed))
        total = int.from_bytes(root) + sign * value_of(key, table, row)
        return (total % _MODULUS).to_bytes(ROOT_BYTES)

    db.create_function("root_step", -1, root_step)


def triggers(table: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The three statements that keep the root in step with a table.

    They are TEMP triggers: a trigger in the schema may not call a function of the program while
    `trusted_schema` is off, and should not, since the schema is data.
    """
    row = {
        side: ", ".join(_typed(f"{side}.{_quoted(n)}") for n in names) for side in ("old", "new")
    }
    literal = "'" + table.replace("'", "''") + "'"
    add = f"root_step(value, 1, {literal}, {row['new']})"
    drop = f"root_step(value, -1, {literal}, {row['old']})"
    swap = f"root_step({drop}, 1, {literal}, {row['new']})"
    return tuple(
        f"CREATE TEMP TRIGGER {_quoted(f'root_{table}_{event.lower()}')} "
        f"AFTER {event} ON main.{_quoted(table)} "
        f"BEGIN UPDATE content_root SET value = {value}; END"
        for event, value in (("INSERT", add), ("UPDATE", swap), ("DELETE", drop))
    )


def install_root_triggers(db: Db, key: bytes) -> None:
    """Make a writing connection keep the content root; call it after every migration."""
    register(db, key)
    for table in tables(db):
        for statement in triggers(table, columns(db, table)):
            db.execute(statement)


def stored(db: Db) -> bytes | None:
    """The root as the database states it, None where it states none."""
    row = db.execute("SELECT value FROM content_root").fetchone()
    return bytes(row[0]) if row else None


def recompute(db: Db, key: bytes) -> bytes:
    """The root as the rows make it; call it inside a transaction, so that none changes."""
    total = 0
    for table in tables(db):
        names = ", ".join(_quoted(n) for n in columns(db, table))
        for row in db.execute(f"SELECT {names} FROM main.{_quoted(table)}"):
            total += value_of(key, table, row)
    return (total % _MODULUS).to_bytes(ROOT_BYTES)


def rebuild(db: Db, key: bytes) -> None:
    """State the root anew from the rows, after a migration has changed their shape."""
    db.execute("UPDATE content_root SET value = ?", (recompute(db, key),))
