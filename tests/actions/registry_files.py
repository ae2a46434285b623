"""Invented files of the registry: the numbers are test numbers with a right check digit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

TEST_NPIS = ("1555000011", "1555000029", "1555000037", "1555000045")
_SITE = "Business Practice Location Address"
_MAIL = "Business Mailing Address"
_NAMED = (
    "NPI", "Entity Type Code", "Provider Organization Name (Legal Business Name)",
    "Provider Last Name (Legal Name)", "Provider First Name", "Provider Middle Name",
    "Provider Credential Text", "Provider Other Organization Name",
    "Provider Other Last Name", "Provider Other First Name",
    *(f"Provider {n} Line {_MAIL}" for n in ("First", "Second")),
    *(f"Provider {_MAIL} {n}" for n in ("City Name", "State Name", "Postal Code")),
    *(f"Provider {n} Line {_SITE}" for n in ("First", "Second")),
    *(f"Provider {_SITE} {n}" for n in ("City Name", "State Name", "Postal Code")),
    f"Provider {_SITE} Telephone Number", f"Provider {_SITE} Fax Number",
    "NPI Deactivation Date", "NPI Reactivation Date", "Healthcare Provider Taxonomy Code_1",
    "Healthcare Provider Primary Taxonomy Switch_1", "Healthcare Provider Taxonomy Code_2",
    "Healthcare Provider Primary Taxonomy Switch_2",
)  # fmt: skip
HEADER = (*_NAMED, *(f"Filler_{n}" for n in range(330 - len(_NAMED))))
"""As many columns as the monthly file has."""


def organisation(npi: str, name: str, **cells: str) -> dict[str, str]:
    """A row of an organization in Texas; `cells` by short names replace what it has."""
    row = {
        "NPI": npi,
        "Entity Type Code": "2",
        "Provider Organization Name (Legal Business Name)": name,
        f"Provider First Line {_SITE}": "1 INVENTED PLAZA",
        f"Provider {_SITE} City Name": "AUSTIN",
        f"Provider {_SITE} State Name": "TX",
        f"Provider {_SITE} Postal Code": "787010001",
        f"Provider {_SITE} Telephone Number": "5550100000",
        f"Provider First Line {_MAIL}": "PO BOX 7",
        f"Provider {_MAIL} City Name": "DALLAS",
        f"Provider {_MAIL} State Name": "TX",
        "Healthcare Provider Taxonomy Code_1": "282N00000X",
        "Healthcare Provider Primary Taxonomy Switch_1": "Y",
    }
    short = {
        "state": f"Provider {_SITE} State Name",
        "city": f"Provider {_SITE} City Name",
        "street": f"Provider First Line {_SITE}",
        "other": "Provider Other Organization Name",
        "gone": "NPI Deactivation Date",
        "taxonomy": "Healthcare Provider Taxonomy Code_1",
        "entity": "Entity Type Code",
    }
    return row | {short[name]: value for name, value in cells.items()}


def person(npi: str, first: str, last: str, credential: str = "M.D.") -> dict[str, str]:
    """A row of a family doctor."""
    row = organisation(npi, "", entity="1", taxonomy="207Q00000X")
    named = {
        "Provider First Name": first,
        "Provider Last Name (Legal Name)": last,
        "Provider Credential Text": credential,
        "Provider Other Last Name": "EARLIER",
        "Provider Other First Name": first,
    }
    return row | named


def csv_file(rows: Sequence[Mapping[str, str]], header: Sequence[str] = HEADER) -> bytes:
    """A CSV as the registry writes it: every cell in quotation marks."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header, quoting=csv.QUOTE_ALL, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def result(npi: str, name: str) -> dict[str, object]:
    """A result of the registry's search, of an organization."""
    place = {"address_1": "2 INVENTED ROW", "city": "BOISE", "state": "ID", "postal_code": "83701"}
    mail = {"address_purpose": "MAILING", **place, "address_1": "PO BOX 9"}
    return {
        "number": npi,
        "enumeration_type": "NPI-2",
        "basic": {"organization_name": name, "status": "A"},
        "other_names": [{"organization_name": f"{name} BRAND", "type": "Doing Business As"}],
        "addresses": [mail, {"address_purpose": "LOCATION", **place, "fax_number": "555-010-0001"}],
        "taxonomies": [
            {"code": "193200000X", "primary": False},
            {"code": "291U00000X", "primary": True},
        ],
    }


def json_file(results: Sequence[object]) -> bytes:
    """What the registry's search answers with."""
    return json.dumps({"result_count": len(results), "results": list(results)}).encode()
