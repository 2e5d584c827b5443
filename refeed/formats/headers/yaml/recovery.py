"""Recover a header that is no valid YAML, line by line, and report what was wrong with each line."""

import json
import re
from typing import Final

from refeed.formats.headers.statements import KNOWN
from refeed.formats.publication.stated import KNOWN as OF_PUBLICATION
from refeed.formats.publication.stated import kept_aside, said_in
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Fields, Value, bad_header, key_name, twice
from refeed.vocabulary.keys import DATES, TITLES

_KEY: Final = late_pattern(
    r"""(?>[ \t]*)(["']?)([^\W\d][\w.-]{0,63}(?: [\w.-]{1,63}){0,3})\1[ \t]{0,8}:(?:(?>[ \t]+)|(?=\n|\Z))"""
)
_TIGHT_KEY: Final = late_pattern(r"([^\W\d][\w.-]{0,63}):(?=\S)")
# YAML 1.2, 6.9.2 and 7.1: `key: &name text`, and `key: *name` for the same text.
_ANCHOR: Final = late_pattern(
    r"^(?P<before>[ \t]*(?:-[ \t]+|[^\W\d][\w.-]{0,63}:[ \t]+))"
    r"(?:&(?P<anchor>[\w-]{1,64})(?:[ \t]+(?P<text>[^\n]*))?|\*(?P<alias>[\w-]{1,64})[ \t]*)$",
    re.MULTILINE,
)
# A name or a tag of YAML, before a value or a key.
_NAMED: Final = late_pattern(r"(?:\A|[\s,\[{])[&!]\S")
# The blank after the hyphen is YAML's rule, and the first that people forget.
_ITEM: Final = late_pattern(r"(?>[ \t]*)-(?:(?>[ \t]+)|(?=[^\W\d_]))")
_ANCHOR_OF_LIST: Final = late_pattern(r"&[\w-]{1,64}[ \t]+(?=\[)")
_NAME_OF_ITEM: Final = late_pattern(r"(?:(?:&[\w-]{1,64}|!!\w{1,20})[ \t]{1,8})+")
_COMMENT: Final = late_pattern(r"(?>[ \t]*)#(?:[ \t]|\Z)")
_ESCAPED: Final = late_pattern(r'\\(["\\])')
_BLOCK: Final = late_pattern(r"[|>][+-]?[0-9]?")  # the text follows, indented
_INDICATORS: Final = frozenset("!#%&*>@`|")
_FOLDED_LINES: Final = 20  # how far a quoted value may go on

_NO_LINE: Final = "not a `key: value` line: {!r}"

# English words that begin with an apostrophe; before anything else a lone one is a quotation mark that was not closed.
_ELISION: Final = late_pattern(r"'(?:[0-9]|(?:bout|cause|em|n|neath|round|til|tis|twas|twere)\b)", re.IGNORECASE)


def recover(text: str) -> Fields:
    """Read every line that has a key, an item or the rest of a value; a problem names each line that needed help."""
    written = text
    text, has_anchors = _without_anchors(text)
    lines = text.split("\n")
    values: dict[str, Value] = {}
    problems = [bad_header("YAML's anchors and aliases: only those of texts are followed", 1)] if has_anchors else []
    name, at = "", 0
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        if not line.strip() or _COMMENT.match(line):
            continue
        key = _KEY.match(line) or _known_tight_key(line)
        if key and (line[0] not in " \t" or not name or _is_outer(values[name], key)):
            name = key_name(key[key.lastindex or 0])
            raw, at = _whole(line[key.end() :], lines, at)
            value, why = _value(name, raw)
            if name in values:
                problems.append(twice(name, number))
                name += " again"  # kept aside with all that belongs to it: nobody asks for this name
            values[name] = value
        else:
            why = _NO_LINE.format(line.strip()[:40])
            if name:
                values[name], why = _continued(values[name], line)
            for said, value in said_in(line) if why and name else ():  # in doubt it is withheld
                values |= kept_aside(values, said, value)
        if why:
            problems.append(bad_header(why, number))
    return Fields(_with_named(values, written) if _NAMED.search(written) else values, tuple(problems))


def _with_named(values: dict[str, Value], text: str) -> dict[str, Value]:
    """Return the values of a header with what it says of publication behind names, tags and merge keys."""
    from refeed.formats.headers.yaml.anchored import read_anchored

    more: dict[str, Value] = {}
    for name, value in read_anchored(text).items():
        before = values.get(name)
        behind = before.partition(" ")[2].strip() if isinstance(before, str) and before[:1] in {"&", "!"} else None
        is_date = name in DATES and value == behind
        if value and behind is not None and (is_date or name in OF_PUBLICATION):  # `!rue` may be damaged
            values |= {name: value}
        elif value not in (before, behind):
            more[name] = value
            values |= kept_aside(values, name, value)
    return values | kept_aside(values, "<<", more) if more else values


def _without_anchors(text: str) -> tuple[str, bool]:
    """Return a header with the texts that YAML's aliases stand for, and whether there are any.

    What only looks like an anchor or an alias, because its other half is missing, is text.
    """
    found = list(_ANCHOR.finditer(text))
    aliases = {match["alias"] for match in found}
    texts = {match["anchor"]: match["text"] or "" for match in found if match["anchor"] in aliases}

    def written(match: re.Match[str]) -> str:
        name = match["anchor"] or match["alias"]
        return match["before"] + texts[name] if name in texts else match[0]

    return (_ANCHOR.sub(written, text), True) if texts else (text, False)


def _is_outer(above: Value, key: re.Match[str]) -> bool:
    """Return whether an indented line has a key of the header all the same: a known one below a value on one line."""
    return isinstance(above, str) and above != "" and key_name(key[key.lastindex or 0]) in KNOWN


def _known_tight_key(line: str) -> re.Match[str] | None:
    key = _TIGHT_KEY.match(line)
    return key if key and key_name(key[1]) in KNOWN else None


def _whole(raw: str, lines: list[str], at: int) -> tuple[str, int]:
    # A quoted value may go on over the next lines, up to the one that ends with its mark, unless a key comes first.
    raw = raw.strip()
    quote = raw[:1]
    if quote not in {'"', "'"} or _is_closed(raw):
        return raw, at
    for end in range(at, min(at + _FOLDED_LINES, len(lines))):
        if _KEY.match(lines[end]):
            break
        if lines[end].rstrip().endswith(quote):
            return " ".join([raw, *(line.strip() for line in lines[at : end + 1])]), end + 1
    return raw, at


def _continued(value: Value, line: str) -> tuple[Value, str | None]:
    """Return the last key's value with an item, an inner key or the rest of a text, and what was wrong with that.

    A list grows in place: to copy a long one for every item would take quadratic time.
    """
    item = _ITEM.match(line)
    if item and not (isinstance(value, str) and value):
        text, why = _scalar(_without_name(line[item.end() :].strip()), cut=True)
        if not isinstance(value, list):
            return [text], why
        value.append(text)
        return value, why
    inner = _KEY.match(line) if line[0] in " \t" else None
    if inner and (isinstance(value, dict) or value == ""):
        text, why = _scalar(line[inner.end() :].strip(), cut=True)
        return ({**value, inner[2]: text} if isinstance(value, dict) else {inner[2]: text}), why
    if isinstance(value, str) and line[0] in " \t":
        return f"{value} {line.strip()}".strip(), None
    return value, _NO_LINE.format(line.strip()[:40])


def _value(name: str, raw: str) -> tuple[Value, str | None]:
    anchor = _ANCHOR_OF_LIST.match(raw)
    if anchor:
        items, _ = _value(name, raw[anchor.end() :])
        return items, "a bare value begins with '&'"
    if raw[:1] == "[" and raw[-1:] == "]" and name not in TITLES:
        read = [_scalar(_without_name(part.strip()), cut=False) for part in raw[1:-1].split(",") if part.strip()]
        return [text for text, _ in read], next((why for _, why in read if why), None)
    if _BLOCK.fullmatch(raw):
        return "", None
    return _scalar(raw, cut=name not in TITLES)


def _without_name(item: str) -> str:
    name = _NAME_OF_ITEM.match(item)
    return item[name.end() :] if name else item


def _scalar(raw: str, *, cut: bool) -> tuple[str, str | None]:
    quote = raw[:1]
    if quote in {'"', "'"}:
        return _quoted(raw, quote)
    if cut and " #" in raw:
        raw = raw[: raw.index(" #")].rstrip()
    if quote in _INDICATORS and quote:
        return ("", None) if re.match(r"#(?:\s|\Z)", raw) else (raw, f"a bare value begins with {quote!r}")
    if ": " in raw or raw.endswith(":"):
        return raw, "a bare value holds ': '"
    return raw, "a tab inside a value" if "\t" in raw else None


def _quoted(raw: str, quote: str) -> tuple[str, str | None]:
    if not _is_closed(raw):
        if quote == "'" and _ELISION.match(raw):
            return raw, "a bare value begins with an apostrophe"
        if raw.count(quote) > 1:  # "Foo" and bar: the words are quoted, not the value
            return raw, "a bare value begins with a quotation mark"
        return raw[1:], f"the quotation mark {quote} is not closed"
    inside = raw[1:-1]
    if _is_bare(inside, quote):
        return raw, "a bare value begins with a quotation mark"
    if quote == "'":
        text = inside.replace("''", "'")
        return text, "an apostrophe inside '…' is not doubled" if "'" in inside.replace("''", "") else None
    return _double(inside)


def _double(inside: str) -> tuple[str, str | None]:
    try:
        text = json.loads(f'"{inside}"', strict=False)
        text.encode()  # half a surrogate pair is no text
    except ValueError:
        # The writer escaped the quotation marks only, if anything: every other backslash stands for itself.
        text = _ESCAPED.sub(r"\1", inside)
        why = "an unknown escape" if "\\" in inside else 'a quotation mark inside "…" is not escaped'
        return text, why
    return text, None


def _is_closed(raw: str) -> bool:
    body = raw[1:-1].rstrip("\\")
    escaped = raw[0] == '"' and (len(raw) - 2 - len(body)) % 2
    return len(raw) > 1 and raw[-1] == raw[0] and not escaped


def _is_bare(inside: str, quote: str) -> bool:
    # `"One" and "two"` is bare text; in `"He said "no" to it"` the outer marks are the header's. The first inner mark
    # tells: one that closes a word comes before a blank.
    marks = [at for at, char in enumerate(inside) if char == quote and inside[at - 1 : at] != "\\"]
    return len(marks) >= 2 and len(marks) % 2 == 0 and inside[marks[0] + 1 : marks[0] + 2] in {" ", ",", ".", ":"}
