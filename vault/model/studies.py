"""Names of studies and other tests in a few plain words, so that two namings can be compared."""

from __future__ import annotations

import re

_WAYS = """
xray xr radiograph radiographs radiography film films plainfilm cxr kub
ct cat tomography computed hrct cta
mri mr magnetic mra mrcp
ultrasound us sonogram ultrasonography sonography ultrasonographic doppler duplex
mammogram mammography mammo
pet petct
dexa dxa densitometry bonedensity
echocardiogram echo tte tee echocardiography echocardiographic
ekg ecg electrocardiogram
stress treadmill
nuclear perfusion scintigraphy hida spect persantine sestamibi thallium muga bonescan
holter eventmonitor telemetrymonitor
emg electromyography nerveconduction ncs
eeg electroencephalogram
spirometry pft pfts pulmonaryfunction
polysomnogram polysomnography sleepstudy
colonoscopy
egd endoscopy esophagogastroduodenoscopy
sigmoidoscopy
bronchoscopy
cystoscopy
angiogram angiography arteriogram venogram
catheterization
biopsy
myelogram
urodynamics urodynamic
audiogram audiometry
ercp cholangiogram
cystourethrogram vcug
tilttable
lumbarpuncture
esophagram swallow barium uppergi
"""
_PARTS = """
chest thorax thoracic lung lungs rib ribs
abdomen abdominal
pelvis pelvic
head brain skull cranial
neck
sinus sinuses
cervical cspine
lumbar lspine lumbosacral
spine
knee knees
hip hips
shoulder shoulders
elbow elbows
wrist wrists
hand hands
finger fingers thumb
ankle ankles
foot feet
toe toes
femur thigh
tibia fibula tibfib leg legs
humerus arm forearm
renal kidney kidneys
liver hepatic
gallbladder biliary rightupperquadrant ruq
thyroid
breast breasts
carotid carotids
heart cardiac transthoracic myocardial
prostate transrectal
uterus transvaginal
testicle scrotum scrotal testicular
bladder
aorta aortic
eye orbit orbits orbital
facial face
bone
pancreas
"""
_SIDES = """
left lt l
right rt r
bilateral both bilat
"""
_LABS = """
cbc bloodcount
metabolic cmp bmp chemistry electrolytes
lipid lipids cholesterol
tsh thyroidfunction
a1c hba1c hemoglobina1c hgba1c
psa
urinalysis ua
culture cultures
inr prothrombin pt
hepatitis
ferritin iron
vitamin
troponin
bloodwork labs lab laboratory bloods
"""


def _table(text: str) -> dict[str, str]:
    return {word: line.split()[0] for line in text.strip().splitlines() for word in line.split()}


WAYS, PARTS, SIDES, LABS = (_table(text) for text in (_WAYS, _PARTS, _SIDES, _LABS))
"""How something is examined, what of the body, which side, and tests of blood: word to word."""
_PAIRS = re.compile(
    r"\b(plain film|bone scan|upper gi|tilt table|lumbar puncture|"
    r"bone density|event monitor|nerve conduction|pulmonary function|sleep study|"
    r"x[- ]rays?|blood count|blood work|thyroid function|hemoglobin a1c|right upper quadrant|"
    r"tib[/-]fib|c[- ]spine|l[- ]spine|pet[/-]ct)\b",
    re.I,
)
_TOKEN = re.compile(r"[a-z0-9]+")
_CONTRAST = re.compile(r"\bw(?:ith|/)?(?P<no>out|/?o)?\s+(?:\w+\s+){0,2}contrast\b", re.I)


def plain(text: str) -> str:
    """A test's name as known words in a fixed order: `ct chest`, `xray knee left`; else empty.

    A side alone names no test; contrast is left out, for orders and reports differ in it.
    """
    joined = _PAIRS.sub(lambda m: re.sub(r"[^a-z0-9]", "", m[0].lower()), text.lower())
    joined = joined.replace("xrays", "xray")
    words = _TOKEN.findall(joined)
    ways = dict.fromkeys(WAYS[w] for w in words if w in WAYS)
    labs = dict.fromkeys(LABS[w] for w in words if w in LABS and w != "pt")
    parts = dict.fromkeys(PARTS[w] for w in words if w in PARTS)
    if "cxr" in words:
        parts["chest"] = "chest"
    sides = dict.fromkeys(SIDES[w] for w in words if w in SIDES) if parts else {}
    if not ways and not parts and not labs:
        return ""
    return " ".join([*sorted(ways), *sorted(parts), *sorted(labs), *sorted(sides)])


def is_test(name: str) -> bool:
    """Whether a plain name says how something was examined, not only what of the body."""
    return any(w in WAYS.values() or w in LABS.values() for w in name.split())


def is_lab(name: str) -> bool:
    """Whether a plain name is of a test of blood or urine alone."""
    words = set(name.split())
    return bool(words & set(LABS.values())) and not words & set(WAYS.values())


def _of(name: str, table: dict[str, str]) -> set[str]:
    return set(name.split()) & set(table.values())


def agree(one: str, other: str) -> bool:
    """Whether two plain names may be of the same test: nothing both of them name differs."""
    for table in (WAYS, PARTS):
        a, b = _of(one, table), _of(other, table)
        if a and b and not a & b:
            return False
    a, b = _of(one, SIDES), _of(other, SIDES)
    if a and b and a != b and "bilateral" not in a | b:
        return False
    shared = set(one.split()) & set(other.split()) - set(SIDES.values())
    return bool(shared)


_SPECIALTIES = re.compile(
    r"\b(neurosurg|neurolog|cardiothoracic|cardiolog|vascular|surg|orthop|gastroent|oncolog|"
    r"dermatolog|urolog|endocrin|nephrolog|pulmon|rheumat|psych|ophthal|otolaryng|gynecolog|"
    r"obstetric|hematolog|infectious|allerg|podiat|pain|plastic|radiation|genetic|nutrition|"
    r"physical therap|occupational therap|speech|sleep|hospice|palliative|pediatric|geriatric)",
    re.I,
)


def specialties(text: str) -> frozenset[str]:
    """The branches of medicine that words name, by their stems."""
    return frozenset(found[1].casefold() for found in _SPECIALTIES.finditer(text))
