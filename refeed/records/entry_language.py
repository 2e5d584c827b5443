"""Decide in which language an entry is: what its record says, what its text surely is, what its site says."""

from refeed.model import RecordMeta
from refeed.records.addresses.own_address import own_site
from refeed.sites.generator import generator_of
from refeed.sites.post import parted_name
from refeed.text.language import detect_language, is_in_another, is_ruled_out
from refeed.vocabulary.languages import language_tag


def language_of(meta: RecordMeta, prose: str) -> str | None:
    """Return the language of an entry with this text as a tag of BCP 47; None where nothing says it.

    What a record says is as often the default of a program, in a script that its text is not written in.
    """
    stated = meta.language
    if stated and ("language" not in meta.evidence or not is_ruled_out(prose, stated)):  # else by the user
        return stated
    return detect_language(prose) or _language_of_site(meta, prose) or _by_letters(prose)


def _by_letters(prose: str) -> str | None:
    if prose.isascii():
        return None
    from refeed.text.alphabets import language_by_letters  # most articles are in other alphabets

    return language_by_letters(prose)


def _language_of_site(meta: RecordMeta, prose: str) -> str | None:
    """Return the language that the name of the file says (`low-water.fr.md`) or its folder, else that of the site.

    The latter is as often its generator's default as a decision, so the text counts more.
    """
    site = own_site(meta)
    if site is None:
        return None
    named = parted_name(meta.source.path)[1] if generator_of(site).translates else ""
    if named := named or site.language_of(site.path_of(meta.source.path)):
        return language_tag(named)
    tag = language_tag(site.language)
    return None if tag and is_in_another(prose, tag) else tag
