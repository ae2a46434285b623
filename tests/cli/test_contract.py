"""Every command prints what scripts rely on: one JSON document of known fields, or plain lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Stocked
from tests.cli.kit import BORN, NOTE, PATIENT, Cli
from vault.cli.main import COMMANDS

LAW = {"due", "due_rolled", "rule", "cite"}
PERSON = {"id", "name", "born", "sex", "former_names", "mrns", "address", "phone", "email"}
PERSON |= {"relation", "died_on"}
PROVIDER = {"id", "name", "kind", "jurisdiction", "department", "address", "phone", "fax", "email"}
PROVIDER |= {"npi", "other_names", "closed_on", "successor", "to_confirm"}
PROVIDER_PARTS = {"offices", "statements", "contradictions", "calls", "requests", "coverage"}
RECORD = {"id", "title", "kind", "status", "pages", "received_on", "provider", "person"}
RECORD |= {"request", "flags", "parent", "reason", "medium", "scanned_by", "shelf"}
RECORD |= {"first_page", "last_page"}
REVIEWED = {"review", "notes", "older", "earlier_copies"}
PAGE = {"page", "state", "page_kind", "source", "confidence", "trust", "look", "why"}
IMPORTED = {"id", "file", "status", "kind", "pages", "ocr_pages", "flags", "reason"}
FLAG = {"id", "state", "check", "kind", "subject", "severity", "record", "page", "quote", "box"}
FLAG |= {"should_say", "reason", "why_dismissed", "confidence", "related", "originator", "omission"}
FLAG |= {"request"}
FACT = {"id", "kind", "value", "page", "quote", "label", "box", "confidence"}
EVENT = {"seq", "kind", "on", "round", "channel", "arrived", "note", "item", "replaces", "detail"}
REQUEST = {"id", "provider", "person", "state", "outcome", "waiting_on", "urgency"} | LAW
DETAIL = {"items", "from", "to", "format", "fallback", "deliver", "authority", "office", "parent"}
DETAIL |= {"fee_limit", "currency", "sensitive", "third_party", "inspect", "events", "extension"}
DETAIL |= {"round", "need", "next", "complete", "fees", "letters"}
ITEM = {"id", "type", "from", "to", "facility", "format", "fallback", "deliver", "promised", "came"}
ITEM |= {"state", "records", "missing"}
CORRECTION = {"id", "provider", "person", "state", "hl7_code", "urgency", "tell", "items", "events"}
CORRECTION |= {"waiting_on", "extension", "formal", "round", "parent", "authority", "office"}
CORRECTION |= LAW | {"recipients", "copies", "next"}


def objects(value: object) -> list[dict[str, object]]:
    """The value as the list of objects it must be."""
    assert isinstance(value, list)
    assert value
    return value


@pytest.mark.parametrize(
    ("command", "key", "fields"),
    [
        ("person list", "people", PERSON),
        ("provider list", "providers", PROVIDER),
        ("record list", "records", RECORD),
        ("request list", "requests", REQUEST),
        ("flag list", "flags", FLAG),
        ("correction list", "corrections", CORRECTION),
        ("due", "due", {"id", "what", "on", "urgency", "rule", "cite", "kind", "text"}),
        ("search amoxicillin", "hits", {"record", "page", "snippet"}),
        ("doctor", "checks", {"name", "ok", "detail", "hint"}),
    ],
)
def test_lists(stocked: Stocked, command: str, key: str, fields: set[str]) -> None:
    """Every row of a list has exactly these fields."""
    done = stocked.cli.run(*command.split(), "--json")
    document = json.loads(done.out)
    assert set(document) - {"total"} == {key}
    assert [set(row) for row in objects(document[key])] == [fields] * len(document[key])


def test_showing_one(stocked: Stocked) -> None:
    """One record comes with pages, facts and flags; one request with items and events."""
    record = stocked.cli.json("record", "show", stocked.note)
    shown = {"page_count", "facts", "member", "members", "splits"} | REVIEWED
    assert set(record) == RECORD | shown
    assert [set(page) for page in objects(record["pages"])] == [PAGE]
    assert {frozenset(fact) for fact in objects(record["facts"])} == {frozenset(FACT)}
    assert {frozenset(flag) for flag in objects(record["flags"])} == {frozenset(FLAG)}
    request = stocked.cli.json("request", "show", stocked.request)
    assert set(request) == REQUEST | DETAIL
    (item,) = objects(request["items"])
    assert set(item) == ITEM
    assert (item["type"], item["state"]) == ("all", "asked")
    assert {frozenset(event) for event in objects(request["events"])} == {frozenset(EVENT)}
    correction = stocked.cli.json("correction", "show", stocked.correction)
    assert set(correction) == CORRECTION
    assert correction["items"] == [{"flag": stocked.flag, "state": "open"}]
    assert set(stocked.cli.json("provider", "show", stocked.provider)) == (
        PROVIDER | PROVIDER_PARTS
    )


def test_the_rules_of_a_place(stocked: Stocked) -> None:
    """All that counts at a place has exactly these fields, and so has the list of places."""
    document = stocked.cli.json("place", "list")
    assert set(document) == {"places", "files"}
    assert {frozenset(r) for r in objects(document["places"])} == {
        frozenset({"id", "name", "file", "members"})
    }
    days = stocked.cli.json("holiday", "list", "uk")
    assert set(days) == {"place", "holiday_set", "days"}
    assert {frozenset(day) for day in objects(days["days"])} == {
        frozenset({"on", "name", "source", "place"})
    }
    shown = stocked.cli.json("place", "show", "us-tn", "--kind", "hospital")
    source = {"cite", "confidence", "text"}
    fields = {
        "rules": source
        | {"id", "right", "days", "months", "count", "roll", "starts", "holiday_set"}
        | {"compared", "soft", "verified"},
        "fees": source
        | {"place", "audience", "medium", "kind", "amount", "base", "base_pages", "tiers"}
        | {"cap", "currency", "condition", "verified"},
        "regulators": source | {"name", "days", "months", "first_step", "about"},
        "retention": source | {"years", "minor_age"},
    }
    assert set(shown) == {"place", "name", "kind", "file", "also"} | fields.keys()
    for key, names in fields.items():
        assert {frozenset(row) for row in objects(shown[key])} == {frozenset(names)}


def test_the_text_of_a_record(stocked: Stocked) -> None:
    """What the pages say, by text layer and by Tesseract, with how sure that is."""
    document = stocked.cli.json("record", "text", stocked.note)
    assert document["id"] == stocked.note
    (page,) = objects(document["pages"])
    assert set(page) == PAGE | {"text"}
    assert (page["state"], page["page_kind"], page["source"]) == ("read", "content", "text")
    assert PATIENT in str(page["text"])
    (scanned,) = objects(stocked.cli.json("record", "text", stocked.scan, "--page", "1")["pages"])
    assert scanned["source"] == "ocr"
    assert "Amoxicillin 500 mg" in str(scanned["text"])


def test_the_legal_date_and_its_rule(stocked: Stocked) -> None:
    """A request sent has a date, the rule behind it, and who has to act."""
    (row,) = stocked.cli.rows("requests", "request", "list", "--as-of", "2026-03-05")
    assert row["state"] == "sent"
    assert row["waiting_on"] == "provider"
    assert row["urgency"] == "ok"
    assert row["due"]
    assert row["cite"]
    (later,) = stocked.cli.rows("requests", "request", "list", "--as-of", "2026-06-01")
    assert later["urgency"] == "very_overdue"
    (silent,) = stocked.cli.rows("requests", "request", "list", "--as-of", "2031-01-01")
    assert silent["urgency"] == "asleep"
    assert later["due"] == row["due"]


def test_one_json_document_and_nothing_else(stocked: Stocked) -> None:
    """A real process with --json writes a document to stdout and not a word to stderr."""
    done = stocked.cli.process("--json", "record", "list")
    assert done.code == 0
    assert done.err == ""
    assert set(json.loads(done.out)) == {"records"}


@pytest.mark.parametrize(
    "command",
    ["person list", "provider list", "record list", "request list", "flag list", "correction list"],
)
def test_plain_output(stocked: Stocked, command: str) -> None:
    """Without --json there are plain lines: no JSON, no colour, no boxes."""
    done = stocked.cli.run(*command.split())
    assert done.code == 0
    assert done.out.strip()
    assert not done.out.startswith("{")
    assert "\x1b" not in done.out
    assert not set("─│┃━╭┏") & set(done.out)


def test_plain_text_and_details(stocked: Stocked) -> None:
    """The plain forms of the commands that show one thing."""
    run = stocked.cli.run
    assert PATIENT in run("record", "text", stocked.note).out
    shown = run("record", "show", stocked.note).out
    assert "page 1: text" in shown
    assert "suspected flag_" in shown
    assert "all records: asked" in run("request", "show", stocked.request).out
    assert "500 mg -> 250 mg" in run("correction", "show", stocked.correction).out
    found = run("search", "oldfield").out
    assert stocked.note in found
    assert found.endswith("1 page found\n")
    assert "Elm Street Hospital" in run("due").out
    assert "Elm Street Hospital" in run("provider", "show", stocked.provider).out


def test_the_papers_of_a_request(stocked: Stocked, tmp_path: Path) -> None:
    """Its letters and those that can be made, the check before sending, and the evidence."""
    listed = stocked.cli.json("request", "letters", stocked.request)
    assert set(listed) == {"letters", "fits"}
    assert {frozenset(fit) for fit in objects(listed["fits"])} == {frozenset({"kind", "why"})}
    checked = stocked.cli.json("request", "check", stocked.request, code=1)
    assert set(checked) == {"id", "ready", "findings"}
    found = {frozenset(row) for row in objects(checked["findings"])}
    assert found == {frozenset({"what", "ok", "blocks", "hint"})}
    bound = stocked.cli.json("request", "binder", stocked.request, "-o", tmp_path / "binder.pdf")
    assert set(bound) == {"id", "file", "pages"}
    assert bound["id"] == stocked.request


def test_ids_may_be_shortened(stocked: Stocked) -> None:
    """Any unique beginning will do, with or without the prefix, in either case."""
    for given in (stocked.note[:-2], stocked.note[4:-2], stocked.note[4:-2].upper()):
        assert stocked.cli.text("id", "record", "show", given) == stocked.note


def test_a_picture_and_the_original_come_out(stocked: Stocked, tmp_path: Path) -> None:
    """A page as PNG; the original byte for byte; both for the owner's eyes alone."""
    picture, original = tmp_path / "page.png", tmp_path / "copy.pdf"
    shown = stocked.cli.json("record", "page", stocked.note, "1", "-o", picture)
    assert shown == {"file": str(picture), "page": 1}
    assert picture.read_bytes().startswith(b"\x89PNG\r\n")
    out = stocked.cli.json("record", "export", stocked.note, "-o", original)
    assert out == {"id": stocked.note, "file": str(original)}
    assert original.read_bytes() == NOTE
    assert {p.stat().st_mode & 0o777 for p in (picture, original)} == {0o600}


def test_making_things(cli: Cli) -> None:
    """What is added comes back as the object with its id."""
    provider = cli.json("provider", "add", "Quay Lab", "--kind", "lab", "--jurisdiction", "uk")
    assert set(provider) == PROVIDER
    school = cli.json("provider", "add", "Alder School", "--kind", "school")
    assert school["jurisdiction"] == "us"  # a place, so that a school is not put under HIPAA
    mrn = f"{provider['id']}=A-17"
    person = cli.json(
        "person", "add", PATIENT, "--born", BORN, "--former", "Maren Roe", "--mrn", mrn
    )
    assert set(person) == PERSON
    assert person["mrns"] == {provider["id"]: "A-17"}
    moved = cli.json("person", "edit", str(person["id"]), "--address", "4 Larch Lane")
    assert set(moved) == PERSON
    assert moved["address"] == ["4 Larch Lane"]
    faxed = cli.json("provider", "edit", str(provider["id"]), "--fax", "555-0102")
    assert set(faxed) == PROVIDER
    assert (faxed["fax"], faxed["kind"]) == ("555-0102", "lab")
    made = cli.json(
        "request", "new", "--provider", str(provider["id"]), "--what", "laboratory results"
    )
    assert set(made) == REQUEST
    assert made["state"] == "draft"
    (item,) = objects(cli.json("request", "show", str(made["id"]))["items"])
    assert item["type"] == "lab_results"
    (row,) = cli.rows("records", "import", cli.file("note.pdf", NOTE))
    assert set(row) == IMPORTED
    (shown,) = cli.rows("records", "record", "list")
    assert shown["person"] == person["id"]  # the only one need not be named
    to = ("--provider", str(provider["id"]), "--received", "2026-04-01")
    assigned = cli.json("record", "assign", str(row["id"]), *to)
    assert (assigned["provider"], assigned["received_on"]) == (provider["id"], "2026-04-01")
    assert cli.json("verify", "--full") == {"ok": True, "problems": [], "notes": []}


def test_backups(cli: Cli, tmp_path: Path) -> None:
    """A backup, a look over it, and a vault made from it: the counts, and one root for all."""
    counts = {"records", "originals", "missing", "root"}
    made = cli.json("backup", tmp_path / "copies")
    told = {"id", "dir", "made_at", "copied", "bytes", "generations", "removed", "aside"}
    assert set(made) == counts | told
    looked = cli.json("backup", "check", tmp_path / "copies")
    assert set(looked) == {"ok", "generations", "problems"}
    done = cli.json("restore", tmp_path / "copies", "--to", tmp_path / "new")
    assert set(done) == counts | {"vault", "generation"}
    assert done["root"] == made["root"]


def test_init(tmp_path: Path) -> None:
    """A new vault with its recovery code; a second one in its place is refused."""
    cli = Cli(tmp_path)
    cli.file("passphrase", "some new words\n")
    document = cli.json("init")
    assert set(document) == {"vault", "recovery_code"}
    assert document["vault"] == str(cli.folder)
    assert cli.run("record", "list").code == 0
    again = cli.run("init")
    assert again.code == 73
    assert again.err.startswith("chartmend: ")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_of_every_command(cli: Cli, command: str) -> None:
    """Each command the help page names can be loaded and explains itself."""
    done = cli.run(command, "--help")
    assert done.code == 0, done.err
    assert "Usage: chartmend" in done.out


def test_the_help_page(cli: Cli) -> None:
    """It names every command and every exit code."""
    done = cli.run("--help")
    assert all(f"  {name}" in done.out for name in COMMANDS)
    assert "130 interrupted" in done.out
    assert cli.run("--version").out.startswith("chartmend ")


def test_the_money_of_a_request(cli: Cli) -> None:
    """The ledger of one request, and the totals of all, have exactly these fields."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street", "--jurisdiction", "us-tn")
    request = cli.text("id", "request", "new", "--provider", provider, "--fee-limit", "5.00")
    cli.json("request", "sent", request, "--on", "2026-03-02", "--by", "fax")
    quote = ("fee_quoted", "--line", "search: handling=15.00", "--line", "copying=4.50/9")
    cli.json("request", "log", request, *quote, "--on", "2026-03-05")
    cli.json("request", "log", request, "fee_paid", "--amount", "4.50", "--on", "2026-03-06")
    held = cli.json("request", "fees", request)
    assert set(held) == {
        *("id", "provider", "requester", "fee_limit", "entries", "totals"),
        *("no_receipt", "letters", "lawful"),
    }
    quoted, paid = objects(held["entries"])
    assert (
        set(quoted)
        == set(paid)
        == {
            *("seq", "on", "kind", "amount", "currency", "number", "medium", "pages"),
            *("lines", "findings"),
        }
    )
    assert (quoted["amount"], quoted["currency"], held["fee_limit"]) == ("19.50", "USD", "5.00")
    first, _ = objects(quoted["lines"])
    assert first == {
        "what": "search: handling",
        "charge": "search",
        "amount": "15.00",
        "pages": None,
    }
    finding = {"flag", "text", "cite", "confidence", "ceiling", "currency"}
    assert {frozenset(f) for f in objects(quoted["findings"])} == {frozenset(finding)}
    (total,) = objects(held["totals"])
    assert total == {
        "currency": "USD",
        "asked": "19.50",
        "paid": "4.50",
        "refunded": "0.00",
        "cost": "4.50",
        "open": "15.00",
    }
    every = cli.json("request", "fees")
    assert set(every) == {"requests", "totals"}
    assert every["totals"] == held["totals"]
    assert set(objects(every["requests"])[0]) == {"id", "provider", "totals", "no_receipt"}
    plain = cli.run("request", "fees", request).out
    assert "search: handling: USD 15.00 (search)" in plain
    assert "no receipt has come" in plain
    assert "all: asked USD 19.50" in cli.run("request", "fees").out


def test_the_calendar_file(cli: Cli, tmp_path: Path) -> None:
    """It is written beside the JSON, and never into the vault."""
    cli.json("remind", "add", "call them", "--on", "2026-03-09")
    place = tmp_path / "dates.ics"
    document = cli.json("due", "--ics", place)
    assert set(document) == {"due", "file"}
    assert document["file"] == str(place)
    assert place.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert b"call" not in place.read_bytes()
    assert cli.run("due", "--ics", cli.folder / "dates.ics").code == 73
    (row,) = objects(document["due"])
    assert (row["kind"], row["rule"], row["text"]) == ("reminder", None, "call them")


def test_what_they_said(cli: Cli) -> None:
    """The replies that fit, and what comes of one, have exactly these fields."""
    cli.json("person", "add", PATIENT, "--born", BORN)
    provider = cli.text("id", "provider", "add", "Elm Street", "--jurisdiction", "us")
    request = cli.text("id", "request", "new", "--provider", provider)
    cli.json("request", "sent", request, "--on", "2026-03-02", "--by", "fax")
    listed = cli.json("request", "said", request)
    assert set(listed) == {"id", "replies"}
    rows = objects(listed["replies"])
    assert {frozenset(r) for r in rows} == {frozenset({"id", "words", "event", "questions"})}
    denied = next(r for r in rows if r["id"] == "denied")
    for question in objects(denied["questions"]):
        assert set(question) == {"key", "words", "takes", "needed", "choices"}
    told = ("denied", "--choice", "ground=hipaa-endanger-life", "--on", "2026-03-05")
    held = cli.json("request", "said", request, *told, "--as-of", "2026-03-06")
    assert set(held) == REQUEST | {"reply", "event", "letters", "by", "means"}
    assert held["state"] == "denied"
    assert [set(row) for row in objects(held["letters"])] == [{"kind", "purpose"}] * 2
    assert held["by"] == "2026-09-01"
    assert {frozenset(m) for m in objects(held["means"])} == {
        frozenset({"text", "cite", "confidence"})
    }
    assert isinstance(held["event"], dict)
    assert set(held["event"]) == EVENT
    right = ("wants_reason", "--on", "2026-03-05", "--replaces", str(held["event"]["seq"]))
    done = cli.run("request", "said", request, *right)
    assert "next: a letter to answer that no reason is given (no_reason)" in done.out
    assert cli.json("request", "show", request)["state"] == "action_needed"
    assert "needs_id: they want proof of who you are" in cli.run("request", "said", request).out
    for wrong in (("--choice", "ground=none"), ("denied", "--choice", "ground")):
        assert cli.run("request", "said", request, *wrong).code == 2
