"""Letters are typeset by a worker of their own kind; answers that lie are refused."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.ingest.papers import Held, text_pdf
from vault import typeset as inside
from vault.errors import WorkerFailed
from vault.model.letters import Manuscript, Typeset
from vault.model.reading import Probe
from vault.workers import checks, protocol
from vault.workers.limits import DEADLINES, FRAME_BYTES
from vault.workers.pool import Pool

TEMPLATE = """
#let d = json(bytes(sys.inputs.note))
#set document(title: "A note")
#context [#metadata(counter(page).final().first()) <pages>]
#d.said
"""


def note(said: str, more: str = "") -> Manuscript:
    """A manuscript that prints one text."""
    data = json.dumps({"said": said}).encode()
    return Manuscript("note", (TEMPLATE + more).encode(), data, dt.date(2026, 11, 23))


def test_a_letter_comes_back_the_same_every_time() -> None:
    """Two workers make the same bytes, and a PDF reader finds the words in them."""
    made = []
    for _ in range(2):
        with Pool(1) as pool:
            made.append(pool.typeset(note("Dear Elm Street Hospital")).result())
    assert made[0] == made[1]
    (page,) = PdfReader(io.BytesIO(made[0].pdf)).pages
    assert "Dear Elm Street Hospital" in page.extract_text()
    assert (made[0].pages, made[0].missing) == (1, ())


def test_long_letters_cross_the_pipe() -> None:
    """Data of several megabytes is fetched in pieces and typeset."""
    comment = "\n// " + "x" * 3_000_000
    with Pool(1) as pool:
        assert pool.typeset(note("said", comment)).result().pages == 1


def test_foreign_files_and_letters_never_share_a_worker() -> None:
    """The process that typesets, which may have threads, is given no file from outside."""
    with Pool(1) as pool:
        assert pool.probe(Held(text_pdf()), "pdf").result() == Probe("pdf", 1)
        (reader,) = pool.pids
        pool.typeset(note("one")).result()
        (typesetter,) = pool.pids
        pool.typeset(note("two")).result()
        assert pool.pids == (typesetter,)
        assert pool.probe(Held(text_pdf()), "pdf").result() == Probe("pdf", 1)
        assert len({reader, typesetter, *pool.pids}) == 3


@pytest.mark.parametrize("more", ['#read("/etc/passwd")', '#image("x.png")', "#panic(d.said)"])
def test_a_template_reads_no_file_and_tells_nothing_of_what_it_says(more: str) -> None:
    """A template at fault gives an empty letter and no word of the data."""
    with Pool(1) as pool:
        assert pool.typeset(note("secret", more)).result() == Typeset(b"", 0)


def test_what_no_font_shows_is_told_by_its_number() -> None:
    """A private character that the template itself brings is found by the typesetter."""
    with Pool(1) as pool:
        made = pool.typeset(note("Ada \U000ffffd")).result()
    assert made == Typeset(b"", 0, (0xFFFFD,))


def test_a_typesetter_that_takes_too_long_is_ended() -> None:
    """An endless template costs its deadline, and the next letter is made."""
    endless = "#for a in range(9000) { for b in range(90000) { let c = a * b } }"
    with Pool(1, replace(DEADLINES, typeset=0.8)) as pool:
        late = pool.typeset(note("x", endless))
        with pytest.raises(WorkerFailed, match="took too long to typeset"):
            late.result()
    with Pool(1) as pool:
        assert pool.typeset(note("x")).result().pages == 1


def test_a_manuscript_that_is_too_long_is_refused_at_once() -> None:
    """Nothing is started for it."""
    huge = replace(note("x"), source=b"/" * (FRAME_BYTES + 1))
    with Pool(1) as pool:
        with pytest.raises(ValueError, match="length"):
            pool.typeset(huge)
        assert pool.pids == ()


def test_a_typeset_job_comes_back_as_it_was_sent() -> None:
    """A typeset job comes back as it was sent."""
    about = protocol.Document(3, 5000, "letter")
    job = protocol.TypesetJob(about, "note", 4000, dt.date(2026, 11, 23))
    sent = checks.load(checks.dump(protocol.encode_job(job)))
    assert protocol.decode_job(sent) == job


@pytest.mark.parametrize(
    ("lie", "pdf"),
    [
        ({"pages": 1, "missing": []}, b""),
        ({"pages": 0, "missing": []}, b"%PDF-1.7"),
        ({"pages": 1, "missing": []}, b"<html>"),
        ({"pages": 1, "missing": [65]}, b"%PDF-1.7"),
        ({"pages": 0, "missing": [-1]}, b""),
        ({"pages": 0, "missing": [0x110000]}, b""),
        ({"pages": 0, "missing": ["A"]}, b""),
        ({"pages": 0, "missing": list(range(1001))}, b""),
        ({"pages": True, "missing": []}, b"%PDF-1.7"),
        ([], b""),
    ],
)
def test_a_letter_that_is_none_is_refused(lie: object, pdf: bytes) -> None:
    """Only a PDF with pages, or nothing with a reason, is believed."""
    with pytest.raises(WorkerFailed):
        protocol.decode_typeset(lie, pdf)


def test_the_same_code_typesets_in_this_process() -> None:
    """Without a worker around it the answer is the same: the worker adds only its limits."""
    with Pool(1) as pool:
        assert inside.typeset(note("both")) == pool.typeset(note("both")).result()
