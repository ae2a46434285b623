"""The demo's papers as they leave the printer: clean pages, set from the cast."""

from __future__ import annotations

import dataclasses
import io
import json
import tempfile
from pathlib import Path

import typst
from PIL import Image, ImageFont

from vault.demo import cast

_TEMPLATES = Path(__file__).with_name("templates")


def _data(paper: cast.Paper, *, stamps: bool) -> dict[str, object]:
    """What a sheet may print: people, places, and the right and the wrong figures."""
    data: dict[str, object] = {c.key: dataclasses.asdict(c) for c in cast.CLINICS}
    data |= {
        "clinic": dataclasses.asdict(cast.clinic(paper.clinic)),
        "patient": dataclasses.asdict(cast.PATIENT),
        "stamps": stamps,
        "right_born": cast.RIGHT_BIRTH_DATE,
        "drug": cast.DRUG,
        "right_dose": cast.RIGHT_DOSE,
        "how": cast.HOW_TAKEN,
        "wrong_born_quote": cast.WRONG_BORN.quote,
        "wrong_medicine_quote": cast.WRONG_MEDICINE.quote,
    }
    return data


def printed(paper: cast.Paper, dpi: float, *, stamps: bool = True) -> list[Image.Image]:
    """The pages of a paper in colour at `dpi` dots an inch, letter size.

    `stamps` prints the office's stamps too.
    """
    face = ImageFont.load_default(20)
    data = json.dumps(_data(paper, stamps=stamps), default=str)
    with tempfile.TemporaryDirectory() as folder:
        if isinstance(face, ImageFont.FreeTypeFont):  # the sans that comes with Pillow
            Path(folder, "sans.ttf").write_bytes(face.font_bytes)
        compiler = typst.Compiler(
            _TEMPLATES / f"{Path(paper.file).stem}.typ",
            root=_TEMPLATES,
            font_paths=[Path(folder)],
            ignore_system_fonts=True,
            sys_inputs={"d": data},
        )
        made = compiler.compile(format="png", ppi=dpi)
    pages = [made] if isinstance(made, bytes) else made or []
    return [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
