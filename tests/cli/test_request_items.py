"""Items of a request by command, a sending put right, and what answers no request."""

from __future__ import annotations

import pytest

from tests.cli.kit import BORN, NOTE, PATIENT, Cli


@pytest.fixture
def request_id(cli: Cli) -> str:
    """A draft for laboratory results."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street Hospital", "--jurisdiction", "us-tx")
    return cli.text("id", "request", "new", "--provider", provider, "--what", "labs")


def _items(cli: Cli, request: str) -> list[dict[str, object]]:
    return cli.rows("items", "request", "show", request)


def test_items_are_added_changed_and_dropped(cli: Cli, request_id: str) -> None:
    """Each as `request show` tells it; the last one stays, and what was sent stays."""
    span = ("--from", "2015-01-01", "--to", "2018-12-31")
    cli.json("request", "ask", request_id, "--what", "images, billing", "--format", "PDF", *span)
    labs, images, billing = _items(cli, request_id)
    assert (images["from"], images["to"], images["format"]) == ("2015-01-01", "2018-12-31", "PDF")
    cli.json("request", "item", str(labs["id"]), "--from", "2020-01-01", "--what", "claims")
    cli.json("request", "drop", str(billing["id"]))
    first, second = _items(cli, request_id)
    assert (first["type"], first["from"], second["type"]) == ("claims", "2020-01-01", "images")
    cli.json("request", "drop", str(first["id"]))
    assert cli.run("request", "drop", str(second["id"])).code == 1
    cli.json("request", "sent", request_id, "--on", "2026-03-02", "--by", "fax")
    late = cli.run("request", "ask", request_id, "--what", "labs")
    assert late.code == 1
    assert "has been sent" in late.err


def test_a_sending_is_put_right(cli: Cli, request_id: str) -> None:
    """The day it is counted from is the later word's; both events are kept."""
    cli.json("request", "sent", request_id, "--on", "2026-03-09", "--by", "fax")
    right = ("--on", "2026-03-02", "--by", "fax", "--replaces", "2")
    cli.json("request", "sent", request_id, *right)
    events = cli.rows("events", "request", "show", request_id)
    assert [event["replaces"] for event in events] == [None, None, 2]
    wrong = cli.run(
        "request", "sent", request_id, "--on", "2026-03-02", "--by", "fax", "--replaces", "8"
    )
    assert wrong.code == 2


def test_a_record_that_answers_nothing_is_not_suggested(cli: Cli, request_id: str) -> None:
    """Set aside it is in no list of matches; taken back it is there again."""
    provider = str(cli.json("request", "show", request_id)["provider"])
    cli.json("request", "sent", request_id, "--on", "2026-03-02", "--by", "fax")
    cli.json("import", cli.file("note.pdf", NOTE), "--provider", provider)
    (match,) = cli.rows("matches", "request", "matches")
    record = str(match["record"])
    assert cli.json("request", "aside", record) == {"id": record, "aside": True}
    assert cli.rows("matches", "request", "matches") == []
    assert cli.json("request", "aside", record, "--undo") == {"id": record, "aside": False}
    assert len(cli.rows("matches", "request", "matches")) == 1
