"""Kinds of forms and their traps, in plain words."""

from __future__ import annotations

from vault.model.forms import FormKind, Trap

SAID = {
    Trap.SSN: "it asks for a social security number; leave it empty",
    Trap.WITNESS: "it asks for a witness",
    Trap.NOTARY: "it asks for a notary",
    Trap.WAIVER: "it has you give up claims or release somebody from liability",
    Trap.EXPIRY: "it ends by itself, or asks when it shall end",
    Trap.PURPOSE: "it asks for a purpose; nobody has to say one for their own records",
    Trap.NO_ADDRESS: "it does not say where to send it",
    Trap.FEE: "it speaks of fees",
    Trap.OTHER_STATE: "it names the law of another state",
    Trap.PHOTO_ID: "it asks for photo identification",
    Trap.REVOCATION: "it says how it can be taken back",
}

SAID_OF_KIND = {
    FormKind.THIRD_PARTY: "it is made for giving records to others; for a copy of your own a "
    "request for access is enough",
    FormKind.INBOUND: "it has records sent to this clinic; it does not ask this clinic for yours",
    FormKind.AMENDMENT: "it asks to correct a record, not for copies",
}
"""What a person should know of kinds of forms that are not for their own access."""
