"""Clean one body: the order of the steps, from raw text to safe HTML."""

from collections.abc import Callable, Iterable
from typing import Final

from bs4 import Tag

from refeed.clean.boilerplate.by_name import drop_boxes, drop_named
from refeed.clean.boilerplate.by_place import drop_below
from refeed.clean.boilerplate.by_wording import drop_worded
from refeed.clean.boilerplate.page_frame import drop_page_frame
from refeed.clean.boilerplate.reader_comments import drop_comments
from refeed.clean.boilerplate.repeated_header import drop_dateline, drop_title
from refeed.clean.boilerplate.share_buttons import drop_buttons
from refeed.clean.boilerplate.tables_of_contents import drop_contents
from refeed.clean.code import keep_lines
from refeed.clean.code.boxes import keep_editors, keep_line_breaks, show_hidden_code
from refeed.clean.code.line_numbers import drop_line_numbers
from refeed.clean.direction import mark_direction
from refeed.clean.formulas import write_formulas
from refeed.clean.heading_anchors import drop_anchors
from refeed.clean.invisible import drop_invisible
from refeed.clean.links import resolve_links
from refeed.clean.losses import problems_of
from refeed.clean.margin_notes import set_off_notes
from refeed.clean.pictures.captions import place_captions
from refeed.clean.pictures.drawn_by_scripts import report_drawn
from refeed.clean.pictures.header_pictures import show_gallery, show_lead
from refeed.clean.pictures.images import resolve_pictures
from refeed.clean.pictures.noscript import restore_noscript
from refeed.clean.pictures.other_pictures import adopt_pictures
from refeed.clean.players.embed_sources import FRAMES
from refeed.clean.players.embeds import link_frames, show_videos
from refeed.clean.players.enclosures import list_files, show_files
from refeed.clean.players.marked_embeds import link_marked
from refeed.clean.players.sound_and_video import keep_players
from refeed.clean.site_addresses import resolve_site_addresses
from refeed.clean.styles import write_styles
from refeed.clean.tables import take_layout_apart
from refeed.clean.types import Body, Change, Cleaned, Enclosed, Heading, Lead, Loss, Note, Reference, RuleUse, Step
from refeed.clean.user_rules import drop_chosen, keep_chosen, replace_texts
from refeed.clean.yes_or_no import show_tasks, write_icon_marks
from refeed.html.limits import Kept, parse_within, within_bytes, within_elements, within_marks
from refeed.html.page import Page
from refeed.html.sanitise import sanitise
from refeed.html.tree import make
from refeed.html.tree_builder import Parsed
from refeed.html.write import serialise
from refeed.markup.convert import to_html
from refeed.markup.detect import detect_markup
from refeed.stages import Staged, at_once
from refeed.startup.named_tuple import NamedTuple

__all__ = ["STEPS", "Body", "Change", "Cleaned", "Observer", "clean_body", "cleaning"]

# The order matters: what is dropped first need not be understood by the steps after it; pictures must have their
# addresses and their captions before the lead is chosen; whether a short text is a cell or a label is known once layout
# tables are taken apart.
STEPS: Final = (
    Step("rule keep", keep_chosen),
    Step("rule drop", drop_chosen),
    Step("addresses of the site", resolve_site_addresses),
    Step("formulas", write_formulas),
    Step("code in fields and scripts", show_hidden_code, frozenset({"script", "textarea", "xmp"})),
    Step("editors", keep_editors),
    Step("task lists", show_tasks, frozenset({"input"})),
    Step("pictures by other names", adopt_pictures),
    Step("drawings of scripts", report_drawn, frozenset({"script"})),
    Step("noscript copies", restore_noscript, frozenset({"noscript"})),
    Step("icons that mean yes or no", write_icon_marks, frozenset({"i"})),
    Step("hidden elements", drop_invisible),
    Step("page frame", drop_page_frame),
    Step("notes of the margin", set_off_notes, frozenset({"small", "span"})),
    Step("anchors and notes", drop_anchors, frozenset({"a"})),
    Step("tables of contents", drop_contents, frozenset({"a"})),
    Step("dateline", drop_dateline),
    Step("title", drop_title),
    Step("boilerplate by name", drop_named),
    Step("comments of readers", drop_comments),
    Step("boxes of links", drop_boxes),
    Step("players", keep_players),
    Step("frames", link_frames, FRAMES),
    Step("embedded posts", link_marked),
    Step("sound and video of the header", show_files),
    Step("pictures", resolve_pictures, frozenset({"img"})),
    Step("gallery of the header", show_gallery),
    Step("line numbers", drop_line_numbers),
    Step("lines of code", keep_lines),
    Step("line breaks by style", keep_line_breaks),
    Step("layout tables", take_layout_apart, frozenset({"table"})),
    Step("boilerplate by wording", drop_worded),
    Step("boilerplate below the article", drop_below),
    Step("share and comment buttons", drop_buttons, frozenset({"a"})),
    Step("captions", place_captions),
    Step("lead picture", show_lead),
    Step("video pictures", show_videos),
    Step("links", resolve_links),
    Step("files", list_files),
    Step("styles", write_styles),
    Step("rule replace", replace_texts),
    Step("direction", mark_direction),
)


class Opened(NamedTuple):
    """A raw body, parsed."""

    page: Page
    parsed: Parsed
    markup: str
    cuts: tuple[str, ...]  # which limits it is over
    is_cut: bool  # its end is missing
    losses: tuple[Loss, ...]  # what of it could not be read
    references: tuple[str, ...]  # to other posts


Observer = Callable[[Page, str], None]
"""Is shown the parsed body before the first step, under the name "", and after every step, under its name."""


def clean_body(body: Body, observer: Observer | None = None) -> Cleaned:
    """Return a body as it goes out: cleaned, laid out, sanitised last; any text is a body."""
    return at_once(cleaning(body, observer))


def cleaning(body: Body, observer: Observer | None = None) -> Staged[Cleaned]:
    """Clean a body in stages: parse it, take the steps, lay it out."""
    opened = open_body(body)
    page = opened.page
    yield
    if observer:
        observer(page, "")
    notes: dict[str, list[Note]] = {}
    for step in STEPS:
        if step.may_find(page) and (found := list(step.run(page, body))):
            notes[step.name] = found
        if observer:
            observer(page, step.name)
    if opened.is_cut and page.text:
        page.append(page.soup, _ellipsis(body.url))
    yield
    written = serialise(page.soup)
    if not observer:  # one may keep what it was shown
        opened.parsed.take_down()
    every = [note for found in notes.values() for note in found]
    losses = [*opened.losses, *(note for note in every if isinstance(note, Loss))]
    return Cleaned(
        content=sanitise(written.html),
        text=written.text,
        prose=written.prose,
        captions=written.captions,
        markup=opened.markup,
        image=next((note.address for note in every if isinstance(note, Lead)), None),
        changes=tuple(change for name, found in notes.items() if (change := _change(name, found))),
        problems=problems_of(body.text, losses, opened.cuts),
        rules_used=frozenset(note.rule for note in every if isinstance(note, RuleUse)),
        heading=next((note.text for note in every if isinstance(note, Heading)), ""),
        references=(*opened.references, *(note.written for note in every if isinstance(note, Reference))),
        enclosures=tuple(note.file for note in every if isinstance(note, Enclosed)),
    )


def open_body(body: Body) -> Opened:
    """Parse as much of a raw body as its limits allow."""
    raw = within_bytes(body.text, body.limits)
    markup = detect_markup(raw.text, markdown=body.markdown)
    source = within_marks(raw.text, body.limits) if markup == "markdown" else Kept(raw.text)
    converted = to_html(
        source.text,
        markup,
        is_source=body.markdown,
        posts=body.posts,
        dialect=body.dialect,
    )
    kept = within_elements(converted.html, body.limits)
    parsed, limits_passed = parse_within(kept.text, body.limits)
    cuts = (*raw.limit_message, *source.limit_message, *kept.limit_message)
    losses = [Loss("template", expression) for expression in converted.unknown]
    losses += [Loss("private-part", name) for name in converted.private]
    losses += [Loss("unknown-post", name) for name in converted.unfound]
    losses += [Loss("media-lost", name) for name in converted.lost]
    return Opened(
        page=Page(parsed.soup, parsed.elements, parsed.texts),
        parsed=parsed,
        markup=markup,
        cuts=(*cuts, *limits_passed),
        is_cut=bool(cuts),
        losses=tuple(losses),
        references=converted.references,
    )


def _ellipsis(url: str | None) -> Tag:
    """Make the last line of a body that was cut, a link to the rest."""
    line = make("p")
    line.append(make("a", "[…]", href=url) if url else "[…]")
    return line


def _change(step: str, notes: Iterable[Note]) -> Change | None:
    sizes = [note for note in notes if isinstance(note, int)]
    return Change(step=step, count=len(sizes), removed=sum(sizes)) if sizes else None
