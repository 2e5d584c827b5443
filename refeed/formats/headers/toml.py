"""Read front matter in TOML, with dates as they were written."""

import datetime as dt
import re
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.toml import load_toml
from refeed.vocabulary.fields import Fields, bad_header, key_name, plain_values
from refeed.vocabulary.typography import BLANKS, WITHOUT_WIDTH

_DATE: Final = late_pattern(
    r"^(?>[ \t]*)([\w-]{1,64})(?>[ \t]*)=(?>[ \t]*)([0-9](?>[0-9T:.+Zz-]*)(?>(?: (?>[0-9:.+Zz-]+))?))", re.MULTILINE
)
_ASSIGNMENT: Final = late_pattern(r"^(?>[ \t]*)([\w-]{1,64})(?>[ \t]*)=(?>[ \t]*)", re.MULTILINE)
# Blanks around a name and its value, and quotation marks around that, which TOML does not know.
_BLANKS: Final = rf"(?>[ \t{BLANKS}{WITHOUT_WIDTH}]*)"
_ODD: Final = late_pattern(
    rf"^{_BLANKS}(?P<name>[\w-]{{1,64}}){_BLANKS}={_BLANKS}(?:[“”„″＂](?P<quoted>[^\n\"\\]*)[“”″＂]$|(?=\S))",
    re.MULTILINE,
)


def read_toml(text: str, depth: int) -> Fields:
    """Read a header; where it is no TOML, its lines are read one by one."""
    straight = _straightened(text)
    try:
        table = load_toml(straight, parse_float=str)
    except (ValueError, RecursionError) as error:  # not only TOMLDecodeError: a number of 5,000 digits, say
        from refeed.formats.headers.yaml.recovery import recover  # hardly ever

        recovered = recover(_ASSIGNMENT.sub(r"\1: ", straight))
        return Fields(recovered.values, recovered.problems or (bad_header(f"not valid TOML: {error}", 1),))
    written = dict(reversed(_DATE.findall(straight)))  # the first counts
    dates = {
        key: written.get(key) or value.isoformat()
        for key, value in table.items()
        if isinstance(value, dt.date | dt.time)
    }
    return Fields({key_name(key): plain_values(value, depth) for key, value in {**table, **dates}.items()})


def _straightened(text: str) -> str:
    return text if text.isascii() else _ODD.sub(_assignment, text)


def _assignment(odd: re.Match[str]) -> str:
    return f"{odd['name']} = " + ("" if odd["quoted"] is None else f'"{odd["quoted"]}"')
