"""Vital signs and results of tests: number, unit, range and flag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vault.facts.flow import Flow
from vault.facts.page import Laid
from vault.facts.tokens import Row, Token
from vault.facts.values import joined
from vault.model.facts import Fact, FactKind

_NUMBER = r"(?<![\d.,/-])\d{1,5}(?:[.,]\d{1,3})?(?![\d/+]|[.,]\d|\s\+)"
_SIGNS = (
    (
        "bp",
        r"(?:BP|B/P|Blood pressure)",
        r"(?P<n>\d{2,4}\s?/\s?\d{1,4})(?![\d/]|"
        r"\s?/)(?:\s?(?P<u>mm\s?Hg))?",
    ),
    (
        "pulse",
        r"(?:Pulse(?: rate)?|Heart rate|HR|P)",
        rf"(?P<n>{_NUMBER})(?:\s?(?P<u>bpm|/min|beats))?",
    ),
    (
        "breathing",
        r"(?:Resp(?:irations?|iratory rate)?|RR|R)",
        rf"(?P<n>{_NUMBER})(?:\s?(?P<u>/min|breaths))?",
    ),
    (
        "temperature",
        r"(?:Temp(?:erature)?|Tmax|T)",
        rf"(?P<n>{_NUMBER})\s?(?P<u>(?:°|º|deg(?:rees)?)?\s?(?:[FC]\b|Fahrenheit|Celsius))?",
    ),
    (
        "oxygen",
        r"(?:SpO2|Sp02|SaO2|O2 ?sat(?:uration)?|Oxygen saturation|Pulse ox(?:imetry)?|O2)",
        rf"(?P<n>{_NUMBER})\s?(?P<u>%)?",
    ),
    (
        "height",
        r"(?:Height|Ht)",
        r"(?P<n>(?:\d{1,3}\s?(?:f[tLl]|feet|['’′])\s?\d{0,3}(?:\.\d+)?\s?(?:in(?:ches)?|[\"”″])?)|"
        rf"{_NUMBER})\s?(?P<u>cm|m\b|in(?:ches)?\b|[\"”])?",
    ),
    (
        "weight",
        r"(?:Weight|Wt)",
        rf"(?P<n>{_NUMBER})\s?(?P<u>kgs?|lbs?|pounds|kilograms|g\b|grams|oz)?",
    ),
    ("bmi", r"(?:BMI|Body mass index)", rf"(?P<n>{_NUMBER})"),
    ("pain", r"Pain(?: score| level| scale)?", r"(?P<n>\d{1,3})\s?(?P<u>/\s?10)"),
)
_LABELS = {name: re.compile(rf"^{label}$", re.I) for name, label, _ in _SIGNS}
_VALUES = {name: re.compile(value, re.I) for name, _, value in _SIGNS}
_STRICT = frozenset(("P", "R", "T", "O2", "HR", "RR", "BP", "HT", "WT"))
_INLINE = tuple(
    (
        name,
        re.compile(
            rf"(?<![\w/-])(?P<label>{label})[ \t\n]*(?:is|was|of|at|"
            rf"[:=])?[ \t\n:=]*{value}(?![.)]\s+[A-Z])",
            re.I,
        ),
    )
    for name, label, value in _SIGNS
)
_COLUMNS = 3  # so many labels side by side make a table of vital signs

_TESTS = {
    "sodium": "sodium|na", "potassium": "potassium|k", "chloride": "chloride|cl",
    "bicarbonate": "co2|bicarbonate|hco3|carbon dioxide|total co2",
    "bun": "bun|urea nitrogen|blood urea nitrogen",
    "creatinine": "creatinine|creat|cr",
    "glucose": "glucose|glucose, fasting|fasting glucose|blood glucose|glu",
    "calcium": "calcium|ca|calcium, total", "protein": "total protein|protein, total|protein total",
    "albumin": "albumin|alb", "ast": "ast|sgot|ast (sgot)", "alt": "alt|sgpt|alt (sgpt)",
    "alk_phos": "alk phos|alkaline phosphatase|alp",
    "bilirubin": "bilirubin, total|total bilirubin|bilirubin|bilirubin total|t bili",
    "hemoglobin": "hemoglobin|hgb|hb|haemoglobin", "hematocrit": "hematocrit|hct|haematocrit",
    "wbc": "wbc|white blood cells|white blood cell count|white count|leukocytes",
    "rbc": "rbc|red blood cells|red blood cell count",
    "mcv": "mcv", "platelets": "platelets|plt|platelet count",
    "neutrophils": "neutrophils|neut|segs",
    "lymphocytes": "lymphocytes|lymphs|lymph",
    "a1c": "hemoglobin a1c|hba1c|a1c|hgb a1c|glycated hemoglobin|hgba1c",
    "tsh": "tsh|thyroid stimulating hormone", "free_t4": "free t4|t4, free|ft4|t4 free",
    "cholesterol": "cholesterol|total cholesterol|cholesterol, total",
    "triglycerides": "triglycerides|tg|trig",
    "hdl": "hdl|hdl cholesterol|hdl-c",
    "ldl": "ldl|ldl, calc|ldl cholesterol|ldl calc|ldl-c|ldl calculated",
    "inr": "inr|pt/inr|pt-inr",
    "ph": "ph, arterial|arterial ph|ph, blood|ph arterial|ph venous|blood ph",
    "lactate": "lactate|lactic acid",
    "magnesium": "magnesium|mg", "phosphorus": "phosphorus|phos|phosphate",
    "uric_acid": "uric acid",
    "ferritin": "ferritin", "esr": "esr|sed rate", "crp": "crp|c-reactive protein", "psa": "psa",
    "vitamin_d": "vitamin d|vitamin d, 25-hydroxy|25-oh vitamin d|vitamin d 25-hydroxy",
    "egfr": "egfr|gfr|gfr est|estimated gfr",
    "ejection_fraction": "ejection fraction|lvef|ef",
}  # fmt: skip
_TEST_OF = {name: test for test, names in _TESTS.items() for name in names.split("|")}
_FIGURE = re.compile(r"^[<>]?\s?(\d{1,6}(?:\.\d+)?)\s?(%)?\*?\s?([HL]{1,2})?$")
_RANGE = re.compile(
    r"^(?:[<>≤≥]=?\s?\d+(?:\.\d+)?|\(?\d+(?:\.\d+)?\s?(?:-|–|to)\s?\d+(?:\.\d+)?\)?)$"
)
_GLUED = re.compile(r"\s+(?=[<>(]?\d+(?:\.\d+)?\s?(?:-|–|to|$))")
_FLAG = re.compile(r"^(?:H|L|HH|LL|High|Low|Critical|A|\*)$")
_INLINE_TEST = re.compile(
    r"(?<![\w-])(?P<test>"
    + "|".join(re.escape(name) for name in sorted(_TEST_OF, key=len, reverse=True) if len(name) > 2)
    + r")\s*(?:level\s*)?(?:is|was|of|=|:)?\s*(?P<n>\d{1,6}(?:\.\d+)?)(?![\d/:-]|\.\d|\s?(?:days|"
    r"weeks|months|years|/))"
    r"(?:\s+(?P<f>HH?|LL?)\b)?\s?(?P<u>%|mg/dL|g/dL|mmol/L|mEq/L|K/uL|U/L|mIU/L|ng/mL|fL)?"
    r"(?:\s*\(?(?P<r>\d+(?:\.\d+)?\s?[-–]\s?\d+(?:\.\d+)?))?",
    re.I,
)


def _inline_signs(flow: Flow) -> Iterator[Fact]:
    for name, pattern in _INLINE:
        for found in pattern.finditer(flow.text):
            label = found["label"]
            if label.upper() in _STRICT and not label.isupper() and len(label) < 2:
                continue
            if len(label) == 1 and not _near_signs(flow.text, found.start()):
                continue
            groups = found.groupdict()
            value = {"sign": name, "number": _plain(found["n"]), "unit": _unit(groups.get("u"))}
            stop = found.end("u") if groups.get("u") else found.end("n")
            yield from flow.facts(FactKind.VITAL, value, found.start("n"), stop, label)


def _near_signs(text: str, at: int) -> bool:
    """Whether a label of one letter stands among vital signs."""
    around = text[max(0, at - 60) : at + 60]
    return bool(re.search(r"\b(?:BP|B/P|Temp|Resp|RR|SpO2|Pulse|HR)\b", around))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(",", ".")).strip()


def _unit(text: str | None) -> str:
    if not text:
        return ""
    bare = re.sub(r"[°º\s]|deg(?:rees)?", "", text)
    return {"fahrenheit": "f", "celsius": "c", "lbs": "lb", "pounds": "lb", "kgs": "kg"}.get(
        bare.casefold(), bare.casefold()
    )


def _cells(row: Row) -> list[list[Token]]:
    cells: list[list[Token]] = []
    for token in row.tokens:
        if cells and cells[-1][-1].cell == token.cell:
            cells[-1].append(token)
        else:
            cells.append([token])
    return cells


def _sign_of(cell: Sequence[Token]) -> str:
    text = joined(cell).strip(" :.")
    return next((name for name, label in _LABELS.items() if label.match(text)), "")


def _spot(flow: Flow, cell: Sequence[Token]) -> tuple[int, int] | None:
    """Where a cell's words stand in the page's text."""
    words = {token.word for token in cell}
    at = [i for i, owner in enumerate(flow.owner) if owner in words]
    return (at[0], at[-1] + 1) if at else None


def _table_signs(laid: Laid, flow: Flow) -> Iterator[Fact]:
    """Vital signs in columns: a row of labels, and the row of values below it."""
    for row, below in zip(laid.rows, laid.rows[1:], strict=False):
        heads = [(cell[0].box.left, cell[-1].box.right, _sign_of(cell)) for cell in _cells(row)]
        if sum(bool(sign) for _, _, sign in heads) < _COLUMNS:
            continue
        for cell in _cells(below):
            middle = (cell[0].box.left + cell[-1].box.right) / 2
            near = min(
                heads,
                key=lambda h: min(abs(h[0] - cell[0].box.left), abs((h[0] + h[1]) / 2 - middle)),
            )
            found = _VALUES[near[2]].match(joined(cell).replace(" ,", ",")) if near[2] else None
            spot = _spot(flow, cell)
            if found and spot:
                unit = _unit(found.groupdict().get("u"))
                value = {"sign": near[2], "number": _plain(found["n"]), "unit": unit}
                yield from flow.facts(FactKind.VITAL, value, *spot, near[2])


def vitals(laid: Laid, flow: Flow) -> Iterator[Fact]:
    """The vital signs of a page, each place once: in lines, and in columns below their labels."""
    taken: set[int] = set()
    for fact in (*_table_signs(laid, flow), *_inline_signs(flow)):
        if fact.span.start not in taken:
            taken.add(fact.span.start)
            yield fact


def _row_result(flow: Flow, row: Row) -> Iterator[Fact]:
    """The result in a row of a table: test, figure, and what else stands beside them."""
    cells = _cells(row)
    texts = [joined(cell).strip() for cell in cells]
    name = " ".join(texts[0].casefold().replace(" ,", ",").split()).strip(" :")
    figure = next((i for i, t in enumerate(texts) if i and _FIGURE.match(t)), 0)
    if not figure or figure > 2 or len(name) > 40 or not re.search(r"[a-z]", name):
        return
    rest = [part for t in texts[figure + 1 :] for part in _GLUED.split(t) if part]
    ranges = next((t for t in rest if _RANGE.match(t)), "")
    test = _TEST_OF.get(name, "") or _TEST_OF.get(name.rpartition(":")[2].strip(), "")
    found = _FIGURE.match(texts[figure])
    if found is None or not (test or ranges):
        return
    flag = next((t for t in rest if _FLAG.match(t)), found[3] or "")
    unit = next((t for t in rest if not _RANGE.match(t) and not _FLAG.match(t)), found[2] or "")
    value = {
        "test": test or name,
        "number": found[1],
        "unit": unit.casefold(),
        "range": ranges,
        "flag": flag,
    }
    spot = _spot(flow, cells[figure])
    if spot:
        yield from flow.facts(FactKind.RESULT, value, *spot, texts[0])


def results(laid: Laid, flow: Flow) -> Iterator[Fact]:
    """The results of tests on a page: rows of tables, and figures in sentences."""
    taken: set[int] = set()
    for row in laid.rows:
        if row.tokens and row.tokens[-1].cell:
            for fact in _row_result(flow, row):
                taken.add(fact.span.start)
                yield fact
    for found in _INLINE_TEST.finditer(flow.text):
        name = " ".join(found["test"].casefold().split())
        value = {
            "test": _TEST_OF[name],
            "number": found["n"],
            "unit": (found["u"] or "").casefold(),
            "range": found["r"] or "",
            "flag": found["f"] or "",
        }
        stop = found.end("u") if found["u"] else found.end("n")
        for fact in flow.facts(FactKind.RESULT, value, found.start("n"), stop, found["test"]):
            if fact.span.start not in taken:
                yield fact
