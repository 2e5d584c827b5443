"""How much of a dump is read, and how a longer text is shortened: nothing that a stranger writes is without a limit."""

from typing import Final

from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple


class Limits(NamedTuple):
    """The limits of a run. Real dumps stay far below each: it keeps hostile ones from costing time and memory."""

    max_file_bytes: int = 64_000_000  # real files: 680 kB; whole archives in one file: some MB
    max_header_bytes: int = 65_536  # real ones stay under 1,200 bytes
    max_header_depth: int = 20  # of values in values; real headers need three
    max_records: int = 20_000  # of one file: as many as max_file_bytes of real articles have
    max_title_length: int = 1_000  # characters; of 100,000 real titles 27 have more than 100
    max_name_length: int = 200  # characters, of an author, a category, an outlet
    max_names: int = 100  # authors or categories of one article
    max_body_bytes: int = 1_000_000  # of a raw body, in UTF-8; of 120,000 real ones the largest has 680 kB
    max_page_bytes: int = 6_000_000  # of a saved page, without the pictures in it; real ones have 2 MB
    max_elements: int = 30_000  # of a body; in Markdown also: marks and lines
    max_depth: int = 128  # of elements in elements; real pages nest less than 60 deep
    max_attributes: int = 100  # of one element
    max_url_length: int = 8_000  # characters; RFC 9110, 4.1, asks servers for as many
    max_members: int = 200_000  # files and folders of an archive; real ones have 64,000
    max_archive_depth: int = 3  # of archives in archives; exports have an archive in another one at most
    max_unpacked_bytes: int = 4_000_000_000  # of an archive; real ones, with their pictures, have some hundred MB
    max_ratio: int = 200  # of bytes unpacked to bytes packed; texts have 3 to 10, long tables 50
    max_seconds: int = 60  # of processor time that one file takes; real ones take milliseconds


DEFAULT_LIMITS: Final = Limits()


def limit_message(most: int, what: str, name: str) -> str:
    """Return the words for more of something than is read, and what to do."""
    option = name.replace("_", "-")
    return f"more than {most:,} {what}; --allow {option}=N reads more"


def truncate(text: str, size: int) -> str:
    """Cut a text to at most `size` characters, the last of them an ellipsis; no grapheme is cut in two."""
    if len(text) <= size:
        return text
    import regex  # only where a text is longer

    clusters: list[str] = regex.findall(r"\X", text[:size])  # the last one may go on
    return text[: size - len(clusters[-1])].rstrip() + "…"


def cap_text(text: str, what: str, most: int, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a text no longer than what is shown, and the problem if it is longer."""
    if len(text) <= most:
        return text, ()
    message = f"{what} has {len(text):,} characters; {most:,} are shown; --allow {name}=N shows more"
    return truncate(text, most), (Problem("cut", message),)


def cap_names(names: tuple[str, ...], what: str, limits: Limits) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return as many authors or categories as may be shown, each as long as may be, and what is left out."""
    problems: list[Problem] = []
    if len(names) > limits.max_names:
        message = f"{what}: {len(names):,} are stated; {limits.max_names:,} are kept; --allow max-names=N keeps more"
        problems.append(Problem("cut", message))
    kept: dict[str, None] = {}  # in their order, each once
    for name in names[: limits.max_names]:
        shown, too_long = cap_text(name, what, limits.max_name_length, "max-name-length")
        kept[shown] = None
        problems.extend(too_long)
    return tuple(kept), tuple(problems)


def cap_url(url: str, limits: Limits) -> tuple[str | None, tuple[Problem, ...]]:
    """Return an address, or None and the problem if it is too long: cut, it would be another one."""
    if len(url) <= limits.max_url_length:
        return url, ()
    reason = limit_message(limits.max_url_length, "characters", "max_url_length")
    return None, (Problem("bad-url", f"{url[:60]!r}… is left out: {reason}"),)
