"""Parse the texts of settings into values; ValueError says what is wrong and what to write."""

import re
from datetime import datetime, timedelta
from typing import Final

from refeed.options import LOCAL_CLUSTER, MOST_PORT, MOST_WORKERS, is_path_pattern
from refeed.startup.late_patterns import late_pattern

_LONGEST: Final = timedelta(days=36_525)
_NUMBER: Final = late_pattern(r"\d{1,12}")
_LAST_YEAR: Final = 9000  # some days and offsets may be added to any date before it


def parse_duration(text: str) -> timedelta:
    """Read `90m`, `48h`, `7d` or `2w`, with an optional sign."""
    found = re.fullmatch(r"([+-]?)(\d{1,6})\s*([mhdw])", text.strip())
    if not found:
        raise ValueError("expected a number and m, h, d or w, such as 48h")
    unit = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[found[3]]
    span = timedelta(**{unit: int(found[2])})
    if span > _LONGEST:
        raise ValueError("expected at most a hundred years")
    return -span if found[1] == "-" else span


def parse_size(text: str) -> int:
    """Read `4000000`, `500k` or `4M` (powers of ten)."""
    found = re.fullmatch(r"(\d{1,15})\s*([kKmMgG]?)[bB]?", text.strip())
    if not found:
        raise ValueError("expected a number of bytes, with an optional k, M or G, such as 4M")
    return int(found[1]) * {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}[found[2].lower()]


def parse_amount(text: str) -> int:
    """Read a number from 1, with an optional k, M or G (powers of ten)."""
    try:
        amount = parse_size(text)
    except ValueError:
        amount = 0
    if not amount:
        raise ValueError("expected a number of at least 1, with an optional k, M or G")
    return amount


def parse_depth(text: str) -> int:
    """Read how deep something may be nested; Python's own stack ends soon after."""
    depth = parse_int(text)
    if not 1 <= depth <= 200:
        raise ValueError("expected a number from 1 to 200")
    return depth


def parse_int(text: str) -> int:
    """Read a number from 0."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError("expected a number of at least 0")
    return int(text)


def parse_workers(text: str) -> int:
    """Read a number of processes."""
    number = parse_int(text)
    if not 1 <= number <= MOST_WORKERS:
        raise ValueError(f"expected a number from 1 to {MOST_WORKERS}")
    return number


def parse_cluster(text: str) -> str:
    """Read where a cluster of Dask is: the address of its scheduler, or how many workers to start here."""
    kind, _, width = text.partition(":")
    if kind == LOCAL_CLUSTER:
        if width or text != kind:
            parse_workers(width)
    elif not re.fullmatch(r"(?:tcp|tls|wss?)://[^\s/]+:\d{1,5}", text):
        raise ValueError("expected local, local:N or the address of a scheduler, such as tcp://host:8786")
    return text


def parse_port(text: str) -> int:
    """Read the number of a port."""
    number = parse_int(text)
    if number > MOST_PORT:
        raise ValueError(f"expected a port, a number up to {MOST_PORT}")
    return number


def parse_span(text: str) -> timedelta:
    """Read a duration that cannot be negative."""
    span = parse_duration(text)
    if span < timedelta(0):
        raise ValueError("expected a span that is not negative, such as 48h or 7d")
    return span


def is_path(text: str) -> bool:
    """Return whether a text can be the name of a file or a folder."""
    return bool(text) and "\0" not in text


def parse_path(text: str) -> str:
    """Read the name of a file; `-` is stdout, as elsewhere."""
    if not is_path(text):
        raise ValueError("expected the name of a file")
    return text


def parse_format(text: str) -> str:
    """Read the name of an output."""
    from refeed.outputs import output_names  # a list of file names, only where a format is given

    if text not in output_names():
        raise ValueError("expected one of: " + ", ".join(output_names()))
    return text


def parse_time(text: str) -> datetime:
    """Read a date in UTC, with or without a time."""
    return _dated(text)[0]


def parse_until(text: str) -> datetime:
    """Read a date in UTC; a bare day counts whole."""
    value, whole_day = _dated(text)
    return value + (timedelta(days=1) if whole_day else timedelta(microseconds=1))


def _dated(text: str) -> tuple[datetime, bool]:
    from refeed.dates import NotADate, parse_date  # only where a date option is given

    dated = parse_date(text)
    if isinstance(dated, NotADate):
        reasons = {
            NotADate.AMBIGUOUS: "it is not clear which number is the day and which the month",
            NotADate.IMPLAUSIBLE: "dates before 1970-01-02 are not accepted",
        }
        reason = reasons.get(dated, "not a valid date")
        raise ValueError(f"{reason}; write it as 2026-11-20 or 2026-11-20T08:00:00Z")  # noqa: TRY004  a value, no type
    if dated.value.year > _LAST_YEAR:
        raise ValueError(f"expected a year up to {_LAST_YEAR}")
    return dated.value, dated.precision == "day"


def parse_regex(text: str) -> re.Pattern[str]:
    """Read a regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"not a valid regular expression: {error}") from None


def parse_words(text: str) -> str:
    """Read a text for people; blanks alone count as no text."""
    return text if text.strip() else ""


def parse_url(text: str) -> str:
    """Read an absolute http(s) address."""
    from refeed.urls import readable  # only where an address is given

    url = readable(text)
    if url is None:
        raise ValueError("expected an absolute address, such as https://example.org/feeds/")
    return url


def parse_permalink(text: str) -> str:
    """Read the pattern of a permalink: at least one of its words must change from post to post."""
    from refeed.sites.permalink_patterns import is_pattern, unknown_words  # only where a pattern is given

    unknown = unknown_words(text)
    if unknown:
        raise ValueError(f"{unknown[0]} is not a word that refeed knows in a permalink")
    if not is_pattern(text):
        raise ValueError("expected a pattern, such as /:year/:month/:title/, or the name of one of Jekyll's styles")
    return text


def parse_iri(text: str) -> str:
    """Read an absolute IRI or a UUID."""
    from refeed.records.identity import is_iri_or_uuid  # only where an id is given

    iri = is_iri_or_uuid(text)
    if iri is None:
        raise ValueError("expected an absolute IRI or a UUID, such as urn:uuid:…; `refeed init` writes a new one")
    return iri


def parse_zone(text: str) -> str:
    """Read a time zone: an IANA name or an offset."""
    from refeed.dates import known_zone  # only where a zone is given

    if not known_zone(text):
        raise ValueError("expected a time zone, such as Asia/Shanghai or +08:00")
    return text


def parse_encoding(text: str) -> str:
    """Read the name of a character encoding."""
    import codecs  # only where an encoding is given

    try:
        name = codecs.lookup(text).name
        b"x".decode(name, "replace")  # some codecs are not for text: rot13, hex, idna
    except (LookupError, UnicodeError, ValueError):
        name = ""
    if not name or "escape" in name or name == "punycode":
        raise ValueError("not an encoding that Python knows; try gb18030, big5 or cp932")
    return name


def parse_language(text: str) -> str:
    """Read a language tag (BCP 47)."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text):
        raise ValueError("expected a language tag, such as en or zh-Hans")
    return text


def parse_pattern(text: str) -> str:
    """Read what [sources] goes by: a host, written as those of articles are, or a pattern for paths."""
    from refeed.urls import host  # only where a source has settings

    name = text if is_path_pattern(text) and "://" not in text else host(f"https://{text}/")
    if not name or "://" in text:
        raise ValueError("expected a host such as news.example.org, or a pattern for paths such as old/*")
    return name


def parse_pairs(value: object) -> tuple[tuple[str, str], ...]:
    """Read pairs of a text and its replacement."""
    pairs = tuple(map(_pair, value)) if isinstance(value, list | tuple) else (None,)
    if None in pairs:
        raise ValueError('expected a list of pairs such as [["old", "new"]], where the first text is not blank')
    return tuple(pair for pair in pairs if pair)


def _pair(item: object) -> tuple[str, str] | None:
    match item:
        case [str(old), str(new)] if old.strip():
            return old, new
    return None


def parse_selector(text: str) -> str:
    """Read a CSS selector."""
    from refeed.clean.user_rules import selector_fault  # only where a rule is given

    if fault := selector_fault(text):
        raise ValueError(f"not a valid CSS selector: {fault}")
    return text
