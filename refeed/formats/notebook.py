"""Notebooks of Jupyter as posts (fastpages, Quarto, Nikola, Pelican): text, code, and what that code has shown.

A notebook is an article if it has a header, or a day in its name: any other lies beside articles as a program does. Its
header and text are read as the file of Markdown that they would be.
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match, front_matter, headed
from refeed.formats._dated_names import name_in_site
from refeed.formats._once import once
from refeed.model import Document, RawRecord, Statement
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_SUFFIX: Final = ".ipynb"
_HEADERS: Final = (".meta", ".nbdata", ".ipynb-meta")  # files with a header, which stands behind the notebook beside it
_POST: Final = b"{post}"  # the directive with which ABlog dates one
_FIRST: Final = 2000  # bytes
_OF_FASTPAGES: Final = "_notebooks"
_MARK_OF_NIKOLA: Final = late_pattern(r"^\.\. ", re.MULTILINE)
_DAY: Final = late_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[- ]")


def sniff(document: Document) -> Match:
    """Claim a notebook with a header; without one its name has to say the day, or its title is enough for the user."""
    if not document.source.path.lower().endswith((_SUFFIX, *_HEADERS)) or not document.data.lstrip().startswith(b"{"):
        return Match.NO
    written = _written(document)
    if written is None:
        return Match.NO
    if front_matter.sniff(written):
        return Match.SURE
    name = name_in_site(document)
    is_post = _POST in written.data[:_FIRST] and headed.sniff(written) > Match.NO
    is_dated = name.begins_with_day or name.is_in_dated_folder or is_post
    is_wanted = document.keeps_undated and not name.is_of_a_page
    return Match.SURE if is_dated or (is_wanted and written.data.startswith(b"# ")) else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield the one record of the notebook."""
    document.require_utf8()
    written = _written(document)
    if written is None:
        return
    read = front_matter if front_matter.sniff(written) else headed
    for found in read.parse(written):
        if isinstance(found, Problem):
            yield found._replace(line=1)
        else:
            body = found.body if isinstance(found.body, str) else written.text(found.body)
            slugs = found.slugs or _slugs(document.source.name)
            yield found._replace(format="notebook", line=1, span=(0, len(document.data)), body=body, slugs=slugs)


def _slugs(name: str) -> tuple[Statement, ...]:
    """Return the name of the post that fastpages makes of a notebook, where it is not that of the file."""
    folder, _, stem = name.removesuffix(_SUFFIX).rpartition("/")
    day = _DAY.match(stem)
    if " " not in stem or day is None or folder.rpartition("/")[2] != _OF_FASTPAGES:
        return ()
    return (Statement("-".join(stem[day.end() :].split()), "file name"),)


@once
def _written(document: Document) -> Document | None:
    """Return a notebook as a file of Markdown; None if the file is not a notebook."""
    from refeed.formats.notebooks.cells import read_notebook  # few archives hold any
    from refeed.formats.notebooks.header import find_header
    from refeed.formats.notebooks.text import notebook_to_markdown

    notebook = read_notebook(document.data.decode("utf-8", "replace"))
    if notebook is None or (notebook.behind and document.source.path.lower().endswith(_SUFFIX)):
        return None
    header, cells = find_header(notebook)
    header = _MARK_OF_NIKOLA.sub("", notebook.behind) or header
    text = f"{header}\n\n{notebook_to_markdown(notebook, header, cells)}".lstrip("\n")
    return document._replace(data=text.encode("utf-8", "replace"), is_utf8=True)


FORMAT: Final = Format(name="notebook", sniff=sniff, parse=parse)
