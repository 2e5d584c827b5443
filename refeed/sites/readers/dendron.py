"""Read the settings of Dendron (https://wiki.dendron.so/)."""

from collections.abc import Iterator
from glob import escape
from typing import Final

from refeed.site import Site
from refeed.sites.facts import site_of
from refeed.sites.kept_back.patterns import KeptBack
from refeed.sites.notations.values import NO, Table, Value, table_at, text_at

_ROOT: Final = "root"  # the hierarchy of all notes
_MOST: Final = 100  # hierarchies that are named
_NO_PAGE: Final = "private"


def read_dendron(table: Table) -> Site | None:
    """Read what Dendron says; a vault that is private is not published, nor is a note of another hierarchy."""
    vaults = [*_tables(table.get("vaults")), *_tables(table_at(table, "workspace").get("vaults"))]
    if not vaults:
        return None
    site = site_of(
        "Dendron",
        table,
        text_at(table, "publishing.siteurl", "site.siteurl"),
        title=("publishing.seo.title", "site.title"),
        author=("publishing.seo.author", "site.author"),
    )
    folders = [(text_at(vault, "fspath").strip("./"), vault) for vault in vaults]
    private = [(escape(path) or "*", _NO_PAGE) for path, vault in folders if text_at(vault, "visibility") == "private"]
    said = table_at(table, "publishing") or table_at(table, "site")
    by_vault = [row for path, vault in folders for row in _of_vault(path, text_at(vault, "name") or path, said)]
    return site._replace(
        content=tuple(f"{path}/" for path, _ in folders if path), kept_back=(*private, *dict.fromkeys(by_vault))
    )


def _of_vault(path: str, name: str, said: Table) -> KeptBack:
    """Return what is published of a vault: https://wiki.dendron.so/notes/ZDAEEQbL5mn5qGEBjLdDM/."""
    rules = table_at(said, "hierarchy") or table_at(said, "config")
    listed = said.get("sitehierarchies")
    shown = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    has_all = not shown or _ROOT in shown
    rest = _by_default(table_at(rules, _ROOT), name) or ""
    codes = dict[str, str]()
    for hierarchy, rule in rules.items():
        code = _by_default(rule, name) if isinstance(rule, dict) and hierarchy != _ROOT else None
        listed = [one for one in shown if f"{hierarchy}.".startswith(f"{one}.".lower())]
        if code or (code is not None and (has_all or listed)):
            codes[_in_any_case(hierarchy)] = code
    codes |= {} if has_all else {escape(one): rest for one in shown[:_MOST]}
    # The narrower hierarchy counts. Newer vaults have a folder of notes beside one of assets.
    below = f"{escape(path)}/" if path else ""
    named = sorted(codes.items(), key=lambda row: -row[0].count("."))
    rows = [(f"{place}{one}.*", code) for one, code in named for place in (below, f"{below}notes/")]
    everything = rest if has_all else _NO_PAGE
    return (*rows, (f"{below}*", everything)) if rows or everything else ()


def _in_any_case(hierarchy: str) -> str:
    """Return a pattern for the name of a hierarchy, which a key of settings has in lower case."""
    return "".join(f"[{one}{one.upper()}]" if one.isalpha() else escape(one) for one in hierarchy)


def _by_default(rule: Table, vault: str) -> str | None:
    """Return the code of notes that say nothing themselves, "" where they are published, None where nothing says so."""
    said: Value | None = rule.get("publishbydefault")
    if isinstance(said, dict):  # a yes or no for each vault
        said = text_at(said, vault.lower()) or "false"
    return None if not isinstance(said, str) else "draft" if said.lower() in NO else ""


def _tables(found: object) -> Iterator[Table]:
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()
