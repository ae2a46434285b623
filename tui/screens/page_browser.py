"""Pages beside their text: the lines as read, the line as it looks, and where it is on the page."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static

from tui import page_words
from tui.drawing import record_drawer
from tui.screens.base import VaultScreen
from tui.screens.page_about import PageAbout
from tui.screens.review_page import Sheet, load, next_unsure_page, turned_over
from tui.widgets.block_view import Drawer
from tui.widgets.blocks import Rows
from tui.widgets.flag_list import FlagList
from tui.widgets.folds import PageSize
from tui.widgets.page_lines import PageLines, ShownWord, line_content, words_content
from tui.widgets.page_map import PageMap
from tui.widgets.strip import FoldedStrip, Line
from vault.errors import NotFound
from vault.model.flags import Flag
from vault.model.reading import View
from vault.model.trust import Verdict, verdict
from vault.model.words import Span, box_of

_VIEWS = ("both", "picture", "text")
_KEYS = "i: about, z: view, m: larger, o: missing, r: read again."


class PageBrowser(VaultScreen):
    """Moves over the pages, lines and words of the record with the id `chosen`.

    `number` is the page shown. `picked` is the run of words chosen within the line, or None.
    """

    HELP_PART = "Reading a record"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "page(1)", "Page", key_display="n/p"),
        Binding("p", "page(-1)", "Previous page", show=False),
        Binding("j", "line(1)", "Next line", show=False),
        Binding("k", "line(-1)", "Previous line", show=False),
        Binding("right", "word(1)", "Next word", show=False, priority=True),
        Binding("left", "word(-1)", "Previous word", show=False, priority=True),
        Binding("shift+right", "more_words", "Choose more words", show=False, priority=True),
        Binding("u", "unsure", "Unsure"),
        Binding("z", "view", "View", show=False),
        Binding("m", "larger", "Larger", show=False),
        Binding("v", "other_reading", "Other text", show=False),
        Binding("i", "about", "About", show=False),
    ]

    def __init__(self, chosen: str = "", page: int | None = None) -> None:
        super().__init__(chosen, page)
        self.number = page or 1
        self.sheet: Sheet | None = None
        self.flags: tuple[Flag, ...] = ()
        self.picked: Span | None = None
        self._drawer: Drawer | None = None
        self._lay: dict[int, tuple[int, float] | None] = {}
        """Turn and skew that the pictures kept of each page were drawn with."""

    def compose_body(self) -> ComposeResult:
        """The text beside the map, the flags, the picture of the line, and what was read."""
        with Horizontal(id="pages"):
            yield PageLines(id="lines", classes="pane")
            yield PageMap(self._draw_part, id="map")
        yield FlagList(id="flags", classes="pane")
        yield FoldedStrip(self._draw_part, id="strip")
        yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Open the page."""
        self.add_class("-both")
        self.query_one("#flags").display = False
        self.open_page(self.number, flag=self.first_flag)

    async def _draw_part(self, view: View) -> Rows:
        if self._drawer is None:
            raise NotFound("there is no page to draw")
        return await self._drawer(view)

    @work(exclusive=True, group="page")
    async def open_page(self, number: int, word: int = 0, flag: str | None = None) -> None:
        """Show a page with the cursor on the line of a word, or on a flag."""
        sheet = await self.turn_to(number, word, flag)
        span = sheet.span_of(flag) if sheet is not None else None
        if span is not None:
            self.pick(span)

    async def turn_to(self, number: int, word: int = 0, flag: str | None = None) -> Sheet | None:
        """As `open_page`, for a coroutine that goes on with the page; None where it failed."""
        loaded = await self.attempt(load, self.session, self.chosen, number)
        if loaded is None:
            return None
        sheet, self.flags = loaded
        self.number = sheet.page.number
        of = "" if sheet.record.is_part else f" of {sheet.pages}"
        self.heading = f"{sheet.record.title}, page {self.number}{of}"
        self.query_one(FlagList).load([m.flag for m in sheet.marks], flag)
        span = next((m.span for m in sheet.marks if m.flag.id == flag), None)
        self._lay_out(sheet, span.start if span else word)
        return sheet

    def _lay_out(self, sheet: Sheet, word: int) -> None:
        """Show the words of a sheet, with the cursor on the line of one of them."""
        self.sheet, self.picked = sheet, None
        aside = sheet.current if sheet.beside is not None else None
        self._drawer = record_drawer(self.session, sheet.record, aside)
        lies = (sheet.current.turn, sheet.current.skew) if sheet.current else None
        if self._lay.setdefault(self.number, lies) != lies:
            self._lay = {self.number: lies}
            self.query_one(FoldedStrip).forget()
            self.query_one(PageMap).forget()
        at = sheet.line_of(word)
        lines = self.query_one(PageLines)
        lines.load([self._line_content(sheet, i) for i in range(len(sheet.lines))], at)
        lines.focus()
        self.show_line()
        self.refresh_bindings()

    def _shown(self, sheet: Sheet, span: Span) -> list[ShownWord]:
        picked = self.picked or Span(0, 0)
        return [
            ShownWord(
                sheet.words[i].text,
                unsure=sheet.unsure(i),
                flagged=sheet.is_flagged(i),
                chosen=picked.start <= i < picked.stop,
            )
            for i in range(span.start, span.stop)
        ]

    def _line_content(self, sheet: Sheet, index: int) -> Content:
        empty = f"(nothing read here, part {index + 1} of {len(sheet.lines)})"
        return line_content(self._shown(sheet, sheet.lines[index]), empty)

    @property
    def line(self) -> Span | None:
        """The words of the line under the cursor."""
        at = self.query_one(PageLines).highlighted
        if self.sheet is None or at is None or at >= len(self.sheet.lines):
            return None
        return self.sheet.lines[at]

    @on(OptionList.OptionHighlighted, "#lines")
    def _line_moved(self) -> None:
        self.show_line()

    def show_line(self) -> None:
        """Draw the line under the cursor, mark it on the map, and say how it was read."""
        sheet, line = self.sheet, self.line
        if sheet is None or line is None:
            return
        if self.picked is not None and not line.start <= self.picked.start < line.stop:
            self.picked = None
        size = PageSize(*sheet.paper)
        shown = Line(self.number, size, sheet.words, line, sheet.flagged, self.picked)
        self.query_one(FoldedStrip).show(shown)
        self.query_one(PageMap).show(self.number, size, box_of(sheet.words, line))
        text = words_content(self._shown(sheet, line))
        self.query_one("#said", Static).update(Content.assemble(text, "\n", self._how(sheet)))

    def _how(self, sheet: Sheet) -> Content:
        """How far to trust the page, and what it shows; of chosen words how sure they are."""
        if self.picked is not None and sheet.read:
            return Content.styled(page_words.chosen(sheet, self.picked), "dim")
        trust, source = page_words.trust(sheet), page_words.source(sheet)
        if sheet.beside is not None:
            return Content.styled(f"{source}\n{_KEYS}", "dim")
        if verdict(sheet.page) is Verdict.GOOD:
            return Content.styled(f"{source} {trust}\n{_KEYS}", "dim")
        mark = "" if sheet.looked else "! "
        keys = f"{'' if sheet.looked else 'l: I have looked, '}r: read again, i: about."
        style = "dim" if sheet.looked else "bold $text-warning"
        return Content.assemble((mark + trust, style), "\n", (f"{source} {keys}".strip(), "dim"))

    def pick(self, words: Span) -> None:
        """Choose words, with the cursor on their line."""
        if self.sheet is None:
            return
        self.picked = words
        lines = self.query_one(PageLines)
        at = self.sheet.line_of(words.start)
        if lines.highlighted == at:
            self.show_line()
        else:
            lines.highlighted = at

    def action_page(self, step: int) -> None:
        """Go some pages on, or back."""
        if self.sheet is None:
            return
        first = max(1, self.sheet.record.first_page)
        if first <= self.number + step <= self.sheet.pages:
            self.open_page(self.number + step)

    def action_line(self, step: int) -> None:
        """Go a line down or up."""
        lines = self.query_one(PageLines)
        if step > 0:
            lines.action_cursor_down()
        else:
            lines.action_cursor_up()

    def action_word(self, step: int) -> None:
        """Choose the next or the previous word of the line."""
        line = self.line
        if self.sheet is None or line is None or not self.sheet.read:
            return
        if self.picked is None:
            at = line.start if step > 0 else line.stop - 1
        else:
            at = self.picked.stop if step > 0 else self.picked.start - 1
        if line.start <= at < line.stop:
            self.pick(Span(at, at + 1))

    def action_more_words(self) -> None:
        """Choose one more word to the right."""
        line = self.line
        if self.picked is None or line is None:
            self.action_word(1)
        elif self.picked.stop < line.stop:
            self.pick(Span(self.picked.start, self.picked.stop + 1))

    @work(exclusive=True, group="page")
    async def action_unsure(self) -> None:
        """Go to the next word the reader was not sure of, on this page or a later one."""
        sheet, line = self.sheet, self.line
        if sheet is None or line is None:
            return
        after = self.picked.stop - 1 if self.picked else line.start - 1
        at = sheet.next_unsure(after)
        if at is None:
            page = await self.attempt(next_unsure_page, self.session, self.chosen, self.number)
            later = await self.turn_to(page) if page is not None else None
            at = later.next_unsure(-1) if later is not None else None
        if at is None:
            self.notify("No more unsure words after this one.")
        else:
            self.pick(Span(at, at + 1))

    def action_view(self) -> None:
        """Show picture and text, the picture alone, or the text alone."""
        now = next(i for i, name in enumerate(_VIEWS) if self.has_class(f"-{name}"))
        self.remove_class(f"-{_VIEWS[now]}")
        self.add_class(f"-{_VIEWS[(now + 1) % len(_VIEWS)]}")

    def action_larger(self) -> None:
        """Draw the line larger, after the largest size the smallest again."""
        self.query_one(FoldedStrip).larger()

    def action_other_reading(self) -> None:
        """Show the next of the page's readings that are kept, after the last the shown one."""
        sheet = self.sheet
        if sheet is None:
            return
        if not sheet.others:
            self.notify("This page has no other reading.")
        else:
            self._lay_out(turned_over(sheet), 0)

    def action_about(self) -> None:
        """Say all that is known of how this page was read."""
        if self.sheet is not None:
            self.app.push_screen(PageAbout(self.heading, page_words.about(self.sheet)))
