"""Words about names: particles, credentials, and words that stand in capitals but name nobody."""

from __future__ import annotations

_PARTICLES = """
    de la las los van von der den del di da dos bin ibn al el du le st y mac ter
"""
_CREDENTIALS = """
    md do np pa pac rn phd dds dmd dpm od pharmd mbbs facs arnp aprn crna cnm lcsw psyd dc dnp
    fnp fnpc msn bsn facp pt dpt ot
"""
_NO_NAME = """
    report visit note notes summary history record records results result office clinic
    hospital medical center centre health healthcare system pharmacy laboratory laboratories
    lab labs department information instructions education name names date birth patient page
    sex male female gender age provider physician address phone fax tel insurance known
    unknown none not see copy signature signed chart account number type status admission
    admit discharge dob mrn test follow up followup request release consultation consult
    operative imaging radiology pathology diagnostic surgical surgery self services service
    associates group inc llc llp care primary family encounter accession collected received
    reported ordering no of for and the with by on at to in is was has had who she he they are
    allergies allergy medications medication findings impression diagnosis assessment plan
    appeal denial claim first last middle full confidential printed final please call
    appointment referral progress emergency room inpatient outpatient new established
    demographics data portal message letter form consent authorization amended addendum draft
    electronically dictated transcribed
"""

PARTICLES = frozenset(_PARTICLES.split())
"""Words in lower case that can be part of a surname."""

CREDENTIALS = frozenset(_CREDENTIALS.split())
"""What stands behind a clinician's name, letters only, in lower case."""

NO_NAME = frozenset(_NO_NAME.split())
"""Words of documents and headings, letters only, in lower case."""
