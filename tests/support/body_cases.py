"""The cases of fixtures/clean and fixtures/markup.

A case is a title that says the reason, perhaps lines `title:`, `url:` (`-`: none), `image:`, `alt:`, `caption:`,
`dateline:`, `byline:`, `author:`, `markdown:`, `file:`, `player:`, `gallery:` for what the header says and `rules:` for
what the user says (TOML, `; ` for a line break), then the input and the expected content between lines with a single
dot. Expected lines that begin with `! ` name the lead image, the kind, the language, the summary, a file that goes out
with the article, or a problem.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from folders import FIXTURES

from refeed.addresses.media_types import media_type
from refeed.clean.body import Body, Cleaned, clean_body
from refeed.clean.types import BodyRules
from refeed.dates import parse_date
from refeed.dates.dateline import Dateline
from refeed.markup.dialect import Dialect
from refeed.model import Enclosure, Picture

URL = "https://example.org/news/1"
DASHES = {"dashes": "–", "long dashes": "—"}  # of sites


class Case(NamedTuple):
    """One case of a fixture file."""

    name: str
    header: dict[str, str]
    raw: str
    content: str
    facts: tuple[str, ...]

    @property
    def body(self) -> Body:
        """What clean_body is given."""
        said = self.header
        shown = said.get("dateline")
        dateline = Dateline(shown, said.get("byline"), shown, parse_date(shown)) if shown else None
        url = said.get("url", URL)
        return Body(
            text=self.raw,
            markdown="markdown" in said,
            dialect=Dialect(breaks=said.get("markdown") == "breaks", dash=DASHES.get(said.get("markdown", ""), "")),
            title=said.get("title", ""),
            url=None if url == "-" else url,
            dateline=dateline,
            images=(said["image"],) if "image" in said else (),
            rules=read_rules(said.get("rules", "")),
            authors=(said["author"],) if "author" in said else (),
            enclosures=(Enclosure(said["file"], media_type(said["file"])),) if "file" in said else (),
            players=(said["player"],) if "player" in said else (),
            leads=(Picture(said["image"], said.get("caption", ""), said.get("alt", "")),) if "image" in said else (),
            gallery=tuple(Picture(*one.split(" ", 1)) for one in said.get("gallery", "").split("; ") if one),
        )


def read_rules(text: str) -> BodyRules:
    said = tomllib.loads(text.replace("; ", "\n"))
    replace = tuple((old, new) for old, new in said.get("replace", []))
    return BodyRules(tuple(said.get("drop", [])), said.get("keep"), replace)


def read_cases(path: Path) -> Iterator[Case]:
    blocks: list[list[str]] = [[]]
    for line in path.read_text("utf-8").split("\n"):
        if line == ".":
            blocks.append([])
        else:
            blocks[-1].append(line)
    assert len(blocks) % 3 == 1, f"{path.name}: a case has three dots"
    for head, raw, expected in zip(blocks[0::3], blocks[1::3], blocks[2::3], strict=False):
        title, *lines = [line for line in head if line]
        header = dict(line.split(": ", 1) for line in lines)
        facts = tuple(line.removeprefix("! ") for line in expected if line.startswith("! "))
        content = "\n".join(line for line in expected if not line.startswith("! "))
        yield Case(f"{path.stem}: {title}", header, "\n".join(raw), content, facts)


CASES = [
    case
    for folder in ("clean", "markup")
    for path in sorted((FIXTURES / folder).glob("*.txt"))
    for case in read_cases(path)
]
_BY_NAME = {case.name: case for case in CASES}


def clean_case(case: Case) -> Cleaned:
    """Return what becomes of a case's body; several tests look at it, and it is cleaned once."""
    return _clean_named(case.name)


@cache
def _clean_named(name: str) -> Cleaned:
    return clean_body(_BY_NAME[name].body)
