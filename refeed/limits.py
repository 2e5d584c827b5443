"""How much of a dump is read, and how a text that is longer is cut. Nothing that a stranger writes is without a limit."""

from typing import Final, NamedTuple


class Limits(NamedTuple):
    """The limits of a run. Real dumps stay far below each: it keeps hostile ones from costing time and memory."""

    max_file_bytes: int = 64_000_000  # real files: 680 kB; whole archives in one file: some MB
    max_header_bytes: int = 65_536  # real ones stay under 1,200 bytes
    max_header_depth: int = 20  # of values in values; real headers need three
    max_records: int = 20_000  # of one file: as many as max_file_bytes of real articles have
    max_title_length: int = 1_000  # characters; of 100,000 real titles 27 have more than 100
    max_name_length: int = 200  # characters, of an author, a category, an outlet
    max_names: int = 100  # authors or categories of one article
    max_url_length: int = 8_000  # characters; RFC 9110, 4.1, asks servers for as many
    max_seconds: int = 60  # of processor time that one file takes; real ones take milliseconds


DEFAULT_LIMITS: Final = Limits()


def over(what: str, most: int, name: str) -> str:
    """Say which limit something is over, and what to do."""
    option = name.replace("_", "-")
    return f"{what} more than {most:,}; --limits {option}=N raises the limit"


def cut(text: str, size: int) -> str:
    """Keep so many characters of a text, the last of them an ellipsis; no grapheme is cut in two."""
    if len(text) <= size:
        return text
    import regex  # only where something is cut

    clusters: list[str] = regex.findall(r"\X", text[:size])  # the last one may go on
    return text[: size - len(clusters[-1])].rstrip() + "…"
