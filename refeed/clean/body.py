"""Clean one body: the order of the steps, from raw text to safe HTML."""

from collections import Counter
from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from bs4 import BeautifulSoup, Tag

from refeed.clean.boilerplate import drop_boxes, drop_buttons, drop_named, drop_worded
from refeed.clean.captions import place_captions
from refeed.clean.code import drop_line_numbers, keep_lines
from refeed.clean.embeds import link_embeds, show_videos
from refeed.clean.formulas import write_formulas
from refeed.clean.header import drop_dateline, drop_title
from refeed.clean.images import adopt_pictures, resolve_pictures, restore_noscript
from refeed.clean.invisible import drop_invisible
from refeed.clean.lead import show_lead
from refeed.clean.links import resolve_links
from refeed.clean.page_frame import drop_page_frame
from refeed.clean.rules import drop_chosen, keep_chosen, replace_texts
from refeed.clean.styles import write_styles
from refeed.clean.tables import take_layout_apart
from refeed.clean.types import Body, Change, Cleaned, Flaw, Lead, Note, Step
from refeed.html.limits import Kept, parse_within, within_bytes, within_elements, within_marks
from refeed.html.markup import detect_markup, to_html
from refeed.html.sanitise import sanitise
from refeed.html.tree import make, shown
from refeed.html.write import serialise

__all__ = ["STEPS", "Body", "Change", "Cleaned", "Observer", "clean_body"]

# The order matters: what is dropped first need not be understood by the steps after it; pictures must have their
# addresses and their captions before the lead is chosen; whether a short text is a cell or a label is known once layout
# tables are taken apart.
STEPS: Final = (
    Step("rule keep", keep_chosen),
    Step("rule drop", drop_chosen),
    Step("formulas", write_formulas),
    Step("pictures by other names", adopt_pictures),
    Step("noscript twins", restore_noscript),
    Step("invisible", drop_invisible),
    Step("page around the article", drop_page_frame),
    Step("dateline", drop_dateline),
    Step("title", drop_title),
    Step("furniture by name", drop_named),
    Step("boxes of links", drop_boxes),
    Step("embeds", link_embeds),
    Step("pictures", resolve_pictures),
    Step("line numbers", drop_line_numbers),
    Step("lines of code", keep_lines),
    Step("layout tables", take_layout_apart),
    Step("furniture by wording", drop_worded),
    Step("share and comment buttons", drop_buttons),
    Step("captions", place_captions),
    Step("lead picture", show_lead),
    Step("film pictures", show_videos),
    Step("links", resolve_links),
    Step("styles", write_styles),
    Step("rule replace", replace_texts),
)

_MESSAGES: Final = MappingProxyType(
    {
        "relative-url": "{count} relative addresses in an article without a link, the first one: {first}",
        "rule-unused": "keep = {first!r} found nothing to read; the whole body was kept",
    }
)


class Opened(NamedTuple):
    """A raw body, parsed."""

    soup: BeautifulSoup
    markup: str
    told: tuple[str, ...]  # which limits it is over
    is_cut: bool  # its end is missing


Observer = Callable[[BeautifulSoup, str], None]
"""Is shown the parsed body before the first step, under the name "", and after every step, under its name."""


def clean_body(body: Body, observer: Observer | None = None) -> Cleaned:
    """Return a body as it goes out: cleaned, laid out, sanitised last; any text is a body."""
    opened = open_body(body)
    soup = opened.soup
    if observer:
        observer(soup, "")
    changes: list[Change] = []
    flaws: list[Flaw] = []
    lead: str | None = None
    for step in STEPS:
        notes = list(step.run(soup, body))
        flaws.extend(note for note in notes if isinstance(note, Flaw))
        lead = next((note.address for note in notes if isinstance(note, Lead)), lead)
        if change := _change(step, notes):
            changes.append(change)
        if observer:
            observer(soup, step.name)
    if opened.is_cut and shown(soup):
        soup.append(_ellipsis(body.url))
    written = serialise(soup)
    content = sanitise(written.html)
    texts = (written.text, written.prose, written.captions)
    problems = [*_problems(flaws), *(("cut", "; ".join(opened.told)) for _ in opened.told[:1])]
    return Cleaned(content, *texts, opened.markup, lead, tuple(changes), tuple(sorted(problems)))


def open_body(body: Body) -> Opened:
    """Parse as much of a raw body as its limits allow."""
    raw = within_bytes(body.text, body.limits)
    markup = detect_markup(raw.text, markdown=body.markdown)
    source = within_marks(raw.text, body.limits) if markup == "markdown" else Kept(raw.text)
    shown_part = within_elements(to_html(source.text, markup), body.limits)
    soup, told = parse_within(shown_part.text, body.limits)
    cuts = (*raw.limit_message, *source.limit_message, *shown_part.limit_message)
    return Opened(soup, markup, (*cuts, *told), bool(cuts))


def _ellipsis(url: str | None) -> Tag:
    """Make the last line of a body that was cut: it leads to the rest."""
    line = make("p")
    line.append(make("a", "[…]", href=url) if url else "[…]")
    return line


def _change(step: Step, notes: Iterable[Note]) -> Change | None:
    sizes = [note for note in notes if isinstance(note, int)]
    return Change(step.name, len(sizes), sum(sizes)) if sizes else None


def _problems(flaws: list[Flaw]) -> list[tuple[str, str]]:
    """Write one message a code."""
    counts = Counter(flaw.code for flaw in flaws)
    first = {flaw.code: flaw.address for flaw in reversed(flaws)}
    return [
        (code, _MESSAGES[code].format(count=count, first=first[code][:100])) for code, count in sorted(counts.items())
    ]
