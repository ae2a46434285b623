"""Conditions by their many names, so that `heart attack` and `MI` are one."""

from __future__ import annotations

import re
from functools import cache

_NAMES = {
    "diabetes_1": r"(?:type\s*(?:1|i|one)\s+(?:diabetes|dm)(?:\s+mellitus)?|t1dm|dm\s?1|t1d|"
    r"(?:diabetes(?: mellitus)?|dm),?\s*type\s*(?:1|i|one)|juvenile(?:-onset)? diabetes|iddm)",
    "diabetes_2": r"(?:type\s*(?:2|ii|two)\s+(?:diabetes|dm)(?:\s+mellitus)?|t2dm|dm\s?2|t2d|"
    r"(?:diabetes(?: mellitus)?|dm),?\s*type\s*(?:2|ii|two)|adult-onset diabetes|niddm)",
    "diabetes": r"(?:diabetes(?: mellitus)?|diabetic|\bdm\b)",
    "seizures": r"(?:seizures?(?: disorder)?|epilep\w+|convulsions?)",
    "heart_attack": r"(?:myocardial infarctions?|heart attacks?|n?stemi|\bmi\b)",
    "stroke": r"(?:strokes?|cva(?!\s+tender)|cerebrovascular accidents?|cerebral infarct\w*)",
    "tia": r"(?:tias?|transient ischemic attacks?|mini-?strokes?)",
    "hypertension": r"(?:hypertension|high blood pressure|htn)",
    "atrial_fibrillation": r"(?:atrial fibrillation|a-?fib|afib|paf)",
    "coronary_disease": r"(?:coronary (?:artery |heart )?disease|cad|ischemic heart disease|"
    r"angina)",
    "heart_failure": r"(?:(?:congestive )?heart failure|chf|cardiomyopathy)",
    "clots": r"(?:deep (?:vein|venous) thrombos[ei]s|dvts?|pulmonary embol\w+|blood clots?|"
    r"venous thrombo\w+|vte)",
    "asthma": r"(?:asthma|reactive airway disease)",
    "copd": r"(?:copd|chronic obstructive \w+(?: disease)?|emphysema|chronic bronchitis)",
    "sleep_apnea": r"(?:(?:obstructive )?sleep apn(?:o)?ea|osa)",
    "kidney_disease": r"(?:(?:chronic )?(?:kidney|renal) (?:disease|failure|insufficiency)|ckd|"
    r"esrd)",
    "kidney_stones": r"(?:(?:kidney|renal) stones?|nephrolithiasis|urolithiasis|renal calculi)",
    "liver_disease": r"(?:cirrhosis|(?:chronic )?liver disease)",
    "hepatitis": r"(?:(?:viral |chronic )?hepatitis(?: [abc]\b)?)",
    "hiv": r"(?:hiv(?: infection)?|aids)",
    "tuberculosis": r"(?:tuberculosis|\btb\b)",
    "ulcer": r"(?:(?:peptic|gastric|duodenal|stomach) ulcers?(?: disease)?|pud)",
    "gi_bleed": r"(?:gi bleed\w*|gastrointestinal (?:bleed\w*|hemorrhage))",
    "bleeding_disorder": r"(?:bleeding (?:disorder|diathesis|tendency)|hemophilia|"
    r"von willebrand\w*)",
    "anemia": r"(?:an(?:a)?emia)",
    "thyroid_under": r"(?:hypothyroid\w*|underactive thyroid)",
    "thyroid_over": r"(?:hyperthyroid\w*|graves\W*(?: disease)?|overactive thyroid)",
    "depression": r"(?:(?:major )?depress(?:ion|ive disorder|ive episode)|mdd)",
    "anxiety": r"(?:(?:generalized )?anxiety(?: disorder)?|panic disorder)",
    "bipolar": r"(?:bipolar(?: \w+)? (?:disorder|disease|illness)|bipolar)",
    "suicide_attempt": r"(?:suicide attempts?|attempted suicide)",
    "migraine": r"(?:migraines?)",
    "glaucoma": r"(?:glaucoma)",
    "gout": r"(?:gout)",
    "osteoporosis": r"(?:osteoporosis)",
    "osteoarthritis": r"(?:osteoarthritis|degenerative joint disease)",
    "rheumatoid_arthritis": r"(?:rheumatoid arthritis)",
    "reflux": r"(?:gerd|(?:gastro-?(?:o)?esophageal )?reflux(?: disease)?)",
    "lupus": r"(?:lupus|sle)",
    "celiac": r"(?:c(?:o)?eliac(?: disease| sprue)?)",
    "crohns": r"(?:crohn\W*s?(?: disease)?)",
    "ulcerative_colitis": r"(?:ulcerative colitis)",
    "dementia": r"(?:dementia|alzheimer\W*s?(?: disease)?)",
    "parkinsons": r"(?:parkinson\W*s?(?: disease)?)",
    "multiple_sclerosis": r"(?:multiple sclerosis)",
    "head_injury": r"(?:concussions?|head injur\w+|traumatic brain injur\w+)",
    "fainting": r"(?:syncope|fainting)",
    "murmur": r"(?:heart murmur|rheumatic fever|valv\w+ disease)",
    "high_cholesterol": r"(?:hyperlipid\w+|high cholesterol|dyslipid\w+|hypercholesterol\w+)",
    "breast_cancer": r"(?:breast (?:(?:or|and) \w+ )?(?:cancer|carcinoma|ca)|(?:cancer|"
    r"carcinoma) of the breast)",
    "colon_cancer": r"(?:(?:colon|colorectal|bowel|rectal) (?:cancer|carcinoma|ca)|"
    r"cancer of the colon)",
    "prostate_cancer": r"(?:prostate (?:(?:or|and) \w+ )?(?:cancer|carcinoma|ca)|"
    r"cancer of the prostate)",
    "lung_cancer": r"(?:lung (?:(?:or|and) \w+ )?(?:cancer|carcinoma|ca)|cancer of the lung)",
    "ovarian_cancer": r"(?:ovarian (?:(?:or|and) \w+ )?(?:cancer|carcinoma|ca)|"
    r"cancer of the ovary)",
    "melanoma": r"(?:melanoma)",
    "lymphoma": r"(?:(?:non-?)?(?:hodgkin\W*s? )?lymphoma)",
    "leukemia": r"(?:leuk(?:a)?emia)",
    "cancer": r"(?:cancers?|malignan(?:cy|cies|t\b(?: disease)?)|carcinoma|sarcoma)",
    "substance_abuse": r"(?:substance (?:abuse|use disorder)|drug abuse|addiction)",
    "alcohol_abuse": r"(?:alcohol\w* (?:abuse|use disorder|dependence)|alcoholism)",
}
_ABOVE = {
    "diabetes_1": "diabetes", "diabetes_2": "diabetes", "breast_cancer": "cancer",
    "colon_cancer": "cancer", "prostate_cancer": "cancer", "lung_cancer": "cancer",
    "ovarian_cancer": "cancer", "melanoma": "cancer", "lymphoma": "cancer", "leukemia": "cancer",
    "alcohol_abuse": "substance_abuse",
}  # fmt: skip
_SMALL_WORDS = """
    a an the of with and or any known chronic mild moderate severe disorder disease
    syndrome history his her their on in for to since recurrent acute essential other
    significant major minor no not diagnosed age years year old left right without at
    controlled stable
"""
_PLAIN = frozenset(_SMALL_WORDS.split())


@cache
def pattern() -> re.Pattern[str]:
    """Finds the conditions of the table in text; the group that matched is the name here."""
    held = "|".join(f"(?P<{name}>{spelled})" for name, spelled in _NAMES.items())
    return re.compile(rf"(?<![\w-])(?:{held})s?(?!\w)", re.I)


def kinds(name: str) -> tuple[str, ...]:
    """A condition with what it is a kind of: breast cancer is cancer."""
    above = _ABOVE.get(name)
    return (name, above) if above else (name,)


def plain(text: str) -> str:
    """A condition outside the table as its telling words, in order, in lower case."""
    words = [w for w in re.findall(r"[a-z]{3,}", text.casefold()) if w not in _PLAIN]
    return " ".join(words[:5])
