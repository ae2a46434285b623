"""The fields of a form as its file has them, each with the widgets that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from vault.ingest.forms.geometry import Frame, Rect
from vault.ingest.forms.source import (
    chain,
    entry,
    inherited,
    number,
    page_frame,
    rect,
    text,
    whole,
)
from vault.model.forms import NAME_CHARS, OPTIONS, FieldKind, FormField, Spot

_HIDDEN = 1 << 0 | 1 << 1 | 1 << 5  # invisible, hidden, not to be viewed (PDF 32000-1, 12.5.3)
_READ_ONLY = 1 << 0
_MULTILINE, _PASSWORD, _FILE, _COMB = 1 << 12, 1 << 13, 1 << 20, 1 << 24
_RADIO, _PUSH = 1 << 15, 1 << 16
_FONT_SIZE = re.compile(r"(-?\d*\.?\d+)\s+Tf")
_SMALL = 1.0  # points: what is smaller can hold nothing


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget of a field: its number in the file, its page from 1, and where it is there."""

    number: int
    page: int
    frame: Frame
    rect: Rect
    obj: Object

    @property
    def hidden(self) -> bool:
        """Whether it is not to be seen at all."""
        low, high = self.rect[2] - self.rect[0], self.rect[3] - self.rect[1]
        return bool(whole(entry(self.obj, "/F")) & _HIDDEN) or min(low, high) < _SMALL

    @property
    def kind(self) -> FieldKind | None:
        """What kind of field it shows, None for none."""
        flags = whole(inherited(self.obj, "/Ff"))
        match text(inherited(self.obj, "/FT")):
            case "/Tx":
                return FieldKind.TEXT
            case "/Ch":
                return FieldKind.CHOICE
            case "/Sig":
                return FieldKind.SIGNATURE
            case "/Btn" if flags & _PUSH:
                return FieldKind.BUTTON
            case "/Btn":
                return FieldKind.RADIO if flags & _RADIO else FieldKind.CHECKBOX
        return None

    @property
    def name(self) -> str:
        """The whole name of its field; one of its own where it has none."""
        parts = [text(entry(h, "/T"), NAME_CHARS) for h in chain(self.obj)]
        whole_name = ".".join(part for part in reversed(parts) if part)
        return whole_name[:NAME_CHARS] or f"unnamed-{self.number}"

    def looks(self) -> dict[str, Stream]:
        """Its normal looks by the name of the state; one without states is under the empty name."""
        normal = entry(self.obj, "/AP", "/N")
        if isinstance(normal, Stream):
            return {"": normal}
        found = {}
        if isinstance(normal, Dictionary):
            for key in state_names(normal):
                look = entry(normal, key)
                if isinstance(look, Stream):
                    found[key] = look
        return found

    def on_state(self) -> str:
        """The name of the state in which it is on, as the file writes it."""
        for holder in ("/N", "/D"):
            states = entry(self.obj, "/AP", holder)
            if isinstance(states, Dictionary) and not isinstance(states, Stream):
                named = [key for key in state_names(states) if key != "/Off"]
                if named:
                    return named[0]
        now = self.state()
        return now if now not in ("", "/Off") else "/Yes"

    def state(self) -> str:
        """The state it is in."""
        now = entry(self.obj, "/AS")
        return _raw(now) if isinstance(now, Name) else ""


def state_names(states: Dictionary) -> list[str]:
    """The names in a dictionary of looks; what cannot be spelt is left out."""
    try:
        return [str(key) for key in states.keys()]  # noqa: SIM118 - pikepdf iterates otherwise
    except UnicodeError:
        return []


def _raw(name: Name) -> str:
    try:
        return str(name)
    except UnicodeError:
        return ""


def widgets(pdf: Pdf) -> Iterator[Widget]:
    """Every widget on the pages, in their order."""
    count = 0
    for number_, page in enumerate(pdf.pages, 1):
        annots = entry(page.obj, "/Annots")
        if not isinstance(annots, Array):
            continue
        frame = page_frame(page)
        for annot in annots:
            if not is_widget(annot):
                continue
            count += 1
            place = rect(entry(annot, "/Rect")) or (0.0, 0.0, 0.0, 0.0)
            yield Widget(count, number_, frame, place, annot)


def is_widget(annot: object) -> bool:
    """Whether an annotation shows a field."""
    return isinstance(annot, Dictionary) and text(entry(annot, "/Subtype")) == "/Widget"


def fields(found: list[Widget], default: object, *, redraw: bool) -> tuple[FormField, ...]:
    """The fields that widgets show, in the order of the pages.

    `default` is the form's own default appearance; `redraw` where the looks in it do not count.
    """
    grouped: dict[str, list[Widget]] = {}
    for widget in found:
        if widget.kind is not None:
            grouped.setdefault(widget.name, []).append(widget)
    return tuple(_field(name, held, default, redraw) for name, held in grouped.items())


def _field(name: str, held: list[Widget], default: object, redraw: bool) -> FormField:
    first = held[0].obj
    kind = held[0].kind or FieldKind.TEXT
    if kind is FieldKind.CHECKBOX and len({w.on_state() for w in held}) > 1:
        kind = FieldKind.RADIO  # boxes of one name, of which one is on, are a choice
    flags = whole(inherited(first, "/Ff"))
    pairs = _options(inherited(first, "/Opt"))
    value = text(inherited(first, "/V")) if kind in (FieldKind.TEXT, FieldKind.CHOICE) else ""
    in_text = kind is FieldKind.TEXT
    most = max(whole(inherited(first, "/MaxLen")), 0) if in_text else 0
    seen = [w for w in held if not w.hidden]
    return FormField(
        name=name,
        kind=kind,
        spots=tuple(_spot(w, kind, redraw) for w in held if not w.hidden),
        tooltip=text(inherited(first, "/TU"), NAME_CHARS),
        value=dict(pairs).get(value, value),
        options=tuple(shown for _, shown in pairs),
        most=most,
        size=_size(inherited(first, "/DA") or default),
        align=min(max(whole(inherited(first, "/Q")), 0), 2),
        multiline=in_text and bool(flags & _MULTILINE),
        comb=in_text and comb_cells(first) > 0,
        read_only=bool(flags & _READ_ONLY) or not seen,
        secret=in_text and bool(flags & (_PASSWORD | _FILE)),
    )


def _spot(widget: Widget, kind: FieldKind, redraw: bool) -> Spot:
    box = widget.frame.shown(widget.rect)
    if kind not in (FieldKind.CHECKBOX, FieldKind.RADIO):
        bare = redraw or not widget.looks()
        return Spot(widget.number, widget.page, box, bare=bare)
    state = widget.on_state()
    look = widget.looks().get(state)
    shown = state.removeprefix("/")[:NAME_CHARS]
    on = widget.state() == state
    return Spot(widget.number, widget.page, box, shown, on, bare=look is None or _blank(look))


def _blank(look: Stream) -> bool:
    """Whether a look draws nothing at all."""
    return not look.read_raw_bytes().strip()


def _options(value: object) -> list[tuple[str, str]]:
    """What a choice offers: each by what the file calls it and by what it shows."""
    found = []
    for item in list(value)[:OPTIONS] if isinstance(value, Array) else []:
        if isinstance(item, Array) and len(item) >= 2:
            found.append((text(item[0]), text(item[1], NAME_CHARS)))
        else:
            found.append((text(item), text(item, NAME_CHARS)))
    return found


def _size(appearance: object) -> float:
    """The font size a default appearance sets; 0 leaves it to whoever fills it in."""
    found = _FONT_SIZE.findall(text(appearance))
    return min(max(number(found[-1]), 0.0), 72.0) if found else 0.0


def border(obj: Object) -> tuple[tuple[float, ...], tuple[float, ...], float]:
    """The colours of a widget's ground and frame, empty for none, and the frame's width."""
    ground, line = (_colour(entry(obj, "/MK", key)) for key in ("/BG", "/BC"))
    given = entry(obj, "/BS", "/W")
    return ground, line, 1.0 if given is None else min(max(number(given), 0.0), 10.0)


def comb_cells(obj: Object) -> int:
    """How many cells a widget's text is spread over, 0 where it is none."""
    most = whole(inherited(obj, "/MaxLen"))
    combed = bool(whole(inherited(obj, "/Ff")) & _COMB)
    return most if combed and 0 < most <= NAME_CHARS else 0


def _colour(value: object) -> tuple[float, ...]:
    if not isinstance(value, Array) or len(value) not in (1, 3, 4):
        return ()
    return tuple(min(max(number(part), 0.0), 1.0) for part in value)
