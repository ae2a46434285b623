"""The words a person reads beside a field are taken for its label, and no others."""

from __future__ import annotations

from tests.ingest import forms_made as made
from tests.ingest.forms_kit import looked_into


def test_labels_beside_above_and_behind() -> None:
    """Words left of a text, right of a box, or in small print above; never a neighbour's."""
    m = made.Maker()
    m.page()
    for x, name in ((72, "State"), (130, "Zip")):
        m.write(x, 704, name, 7)
        m.text(name, (x, 686, x + 40, 702))
    m.write(72, 650, "Patient name:")
    m.text("a", (150, 645, 300, 661))
    m.write(310, 650, "Phone")
    m.text("b", (345, 645, 450, 661))
    m.tick("c", (72, 600, 84, 612))
    m.write(88, 602, "Visit notes")
    m.tick("d", (150, 600, 162, 612))
    m.write(166, 602, "Labs")
    shape, _ = looked_into(m.done())
    labels = [f.spots[0].label for f in shape.fields]
    assert labels == ["State", "Zip", "Patient name", "Phone", "Visit notes", "Labs"]
