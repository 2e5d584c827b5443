"""Find the posts that bodies refer to: `{% post_url … %}`, `{{< ref … >}}`, `[[…]]`, links to files of the archive.

Pictures that are shown by their name, and parts that are included, are asked for the same way.

Their addresses stand in their own files, which are read when a body asks for them. What is found by is a table of all
file names, made for the first body that asks: 16 bytes a file. A post that its author does not show is never found.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache, partial
from posixpath import commonpath
from typing import TYPE_CHECKING, Final, Protocol
from zlib import crc32

from refeed.model import LinkedPost, RecordMeta, SourceFile
from refeed.options import Options
from refeed.pipeline.first_pass.file_table import Files
from refeed.pipeline.guard import guarded, limit_time
from refeed.problems import Problem
from refeed.records.context import Context, context_for
from refeed.records.reader import read_metadata
from refeed.site import Site
from refeed.sites.references import (
    embedded_name,
    included_path,
    is_called,
    name_of_page,
    named,
    page_of,
    untranslated,
)
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.pipeline.linked.files import LinkedFiles

_MOST_NAMESAKES: Final = 16  # of more files with one name nobody can say which is meant
_MOST_KNOWN: Final = 4_096  # posts that are remembered
_MOST_ASKED: Final = 500  # references of one body; it comes from a stranger, and each may lead to a large file
_LOW: Final = 2**32 - 1


class _Names(NamedTuple):
    """The files of a run by their pages and by their names: a checksum of each, and the place of the file below it."""

    pages: "array[int]"
    names: "array[int]"


class _SitePath(NamedTuple):
    """Where a file lies: what begins the paths of its site, the path below that, the site itself."""

    top: str
    path: str
    site: Site | None

    @property
    def page(self) -> str:
        """Its path as references are compared, without the language that its name says."""
        return page_of(untranslated(self.path, self.site)[0])

    @property
    def language(self) -> str:
        """The language that its name or its folder says, or that of the site."""
        if self.site is None:
            return ""
        said = untranslated(self.path, self.site)[1] or self.site.language_of(self.path)
        return said or self.site.language.partition("-")[0].lower()


class Withdrawals(Protocol):
    """Knows the articles that their authors have withdrawn."""

    def is_withdrawn(self, identity: bytes) -> bool:
        """Return whether the newest record of an article says that it is not published."""


class LinkedPosts:
    """Finds posts for one build."""

    def __init__(self, files: Files, selected: Withdrawals, options: Options, now: datetime) -> None:
        """Take what is known after the first pass; nothing is done until a body asks."""
        self._files, self._selected, self._options, self._now = files, selected, options, now
        self._post = lru_cache(_MOST_KNOWN)(self._read)

    def answers(self, source: SourceFile, references: Iterable[str]) -> tuple[tuple[str, LinkedPost | None], ...]:
        """Return for each reference in the body of a post the post that it means, None where that is unknown."""
        at = self._site_path(source)
        with limit_time(self._options.allow.max_seconds):
            return tuple(
                (written, self._find(written, at) if number < _MOST_ASKED else None)
                for number, written in enumerate(references)
            )

    def _find(self, written: str, at: _SitePath) -> LinkedPost | None:
        if name := embedded_name(written):
            return self._linked_files.find(name, at.path, at.site)
        if path := included_path(written):
            from refeed.pipeline.linked.parts import find_part  # few posts include any

            return find_part(path, at.path, at.top, self._context.sites, partial(self._listed, at.top))
        reference = named(written, at.path, at.site)
        for page in reference.pages:
            if found := self._best(self._with_page(page, at.top), at, reference.language):
                return _at_fragment(found, reference.fragment)
        called = self._called(reference.name, at.top) if reference.name else []
        found = self._best(called, at, reference.language)
        return _at_fragment(found, reference.fragment) if found else None

    def _best(self, files: list[int], at: _SitePath, language: str) -> LinkedPost | None:
        """Return the post in these files that lies nearest to another one; None where several lie equally near.

        A translation into another language than is asked for, or than that other post has, is as far as can be.
        """
        language = language or at.language
        found: dict[LinkedPost, tuple[bool, int]] = {}
        for file in files:
            if post := self._post(file):
                other = self._site_path(self._files[file])
                near = (other.language == language, len(commonpath([at.path, other.path])))
                found[post] = max(found.get(post, near), near)
        nearest = [post for post, near in found.items() if near == max(found.values())]
        return nearest[0] if len(nearest) == 1 else None

    def _with_page(self, page: str, top: str) -> list[int]:
        return self._checked(self._table.pages, page, lambda found: found == page, top)

    def _called(self, name: str, top: str) -> list[int]:
        return self._checked(self._table.names, name_of_page(name), lambda found: is_called(found, name), top)

    def _checked(self, table: "array[int]", key: str, fits: Callable[[str], bool], top: str) -> list[int]:
        """Return the files below a key of a table, without those that only have the same checksum."""
        checksum = _checksum(top, key)
        start = bisect_left(table, checksum << 32)
        end = bisect_left(table, (checksum + 1) << 32, start)
        found = [table[number] & _LOW for number in range(start, min(end, start + _MOST_NAMESAKES + 1))]
        known = [(file, self._site_path(self._files[file])) for file in found]
        fitting = [file for file, at in known if at.top == top and fits(at.page)]
        return fitting if len(fitting) <= _MOST_NAMESAKES else []

    def _listed(self, top: str, path: str) -> SourceFile | None:
        """Return the file of the run at a path of a site."""
        page = _SitePath(top, path, self._context.sites.around(top + path)).page
        files = (self._files[number] for number in self._with_page(page, top))
        return next((file for file in files if self._site_path(file).path == path), None)

    @cached_property
    def _table(self) -> _Names:
        pages, names = list[int](), list[int]()
        for number, source in enumerate(self._files):
            at = self._site_path(source)
            page = at.page
            pages.append(_checksum(at.top, page) << 32 | number)
            names.append(_checksum(at.top, name_of_page(page)) << 32 | number)
        return _Names(array("Q", sorted(pages)), array("Q", sorted(names)))

    def _site_path(self, source: SourceFile) -> _SitePath:
        site = self._context.sites.around(source.path)
        if site:
            return _SitePath(site.below, site.path_of(source.path), site)
        return _SitePath(source.path[: len(source.path) - len(source.name)], source.name, None)

    @cached_property
    def _linked_files(self) -> "LinkedFiles":
        from refeed.pipeline.linked.files import LinkedFiles  # few bodies refer to files

        return LinkedFiles(self._context.sites)

    @cached_property
    def _context(self) -> Context:
        # A page of the site, or one without a date, is no article of the feed, and can be linked to all the same.
        return context_for(replace(self._options, undated="last"), self._now)._replace(pages=())

    def _read(self, file: int) -> LinkedPost | None:
        """Return the post that a file holds, if it is the only one in there, has an address, and is published."""
        source = self._files[file]
        work = guarded(source, partial(self._records, source), debug=False)
        metas = [] if isinstance(work, Problem) else list(work)
        if len(metas) != 1 or metas[0].own_url is None or not self._is_published(metas[0]):
            return None
        return LinkedPost(metas[0].own_url, metas[0].title)

    def _records(self, source: SourceFile) -> Iterator[RecordMeta]:
        return (meta for meta, _ in read_metadata(source, self._context).records)

    def _is_published(self, meta: RecordMeta) -> bool:
        key = meta.key
        if key.withheld or (key.expiry and key.expiry <= self._now) or self._selected.is_withdrawn(key.identity):
            return False
        released = max(filter(None, [key.release, key.date and key.date.value]), default=None)
        return self._options.future == "include" or released is None or released <= self._now


def _checksum(top: str, key: str) -> int:
    return crc32(f"{top}\0{key}".encode("utf-8", "surrogateescape"))


def _at_fragment(post: LinkedPost, fragment: str) -> LinkedPost:
    return post._replace(address=post.address + fragment) if fragment and "#" not in post.address else post
