"""Recognise files among articles that are none: by their name, or because they are all links or all settings."""

import json
import re
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from refeed.startup.late_patterns import late_pattern

_READ_ME: Final = late_pattern(
    r"(?:authors|changelog|changes|code_of_conduct|contributing|copying|licen[cs]e|notice|readme|security)"
    r"(?:[.\-_][\w.\-]*)?",
    re.IGNORECASE,
)
# What those who work on a repository, or their programs, find at its top; elsewhere such names are in capitals.
_FOR_HELPERS: Final = frozenset(
    {"agents", "citation", "claude", "code_owners", "codeowners", "copilot_instructions", "gemini", "governance"}
    | {"issue_template", "llms", "llms_full", "pull_request_template", "styleguide", "unlicense"}
)
# Words of everyday life, by which notes are called, too: in capitals alone.
_IN_CAPITALS: Final = frozenset(
    {"architecture", "conventions", "deploy", "deployment", "design", "developing", "development", "localization"}
    | {"memory", "publishing", "skill", "testing", "thanks", "theme", "translating", "translation", "troubleshooting"}
)
# Folders into which programs that write code put their plans, each named for its day (OpenSpec, Superpowers).
_PLANS: Final = late_pattern(r"(?:.*/)?(?:openspec/(?:changes|specs)|docs/superpowers)/")
_WORDS_BESIDE: Final = 60  # bytes for each link of a list: what a line or two say of it
_RULE: Final = late_pattern(r"[-=*_]{3,}")
_OF_RULES: Final = "-=*_"
_MARKS: Final = late_pattern(r"(?:[-*+]|[0-9]{1,4}[.)]|[0-9]{1,4}-[0-9]{1,2}(?:-[0-9]{1,2})?|#{1,6})[ \t]+")
_PICTURES: Final = late_pattern(r"(?>(?:!\[[^\[\]]*\]\([^()]*\)[ \t]*)+)")
_ADDRESS: Final = late_pattern(r"<?https?://\S+")
_SETTING: Final = late_pattern(
    r"""["']?[A-Za-z_][\w.-]*["']?[ \t]*(?:=|:(?=\s|$))|[ \t]*- |\[[\w. -]+\]$|[#;]|[ \t]+\S"""
)


def is_read_me(name: str) -> bool:
    """Return whether the name of a file, in lower case, is that of a read-me, a licence or a list of changes."""
    return _READ_ME.fullmatch(name) is not None


def is_for_helpers(path: str) -> bool:
    """Return whether a file is one about the work on a repository, by its path below the folder that was given."""
    folder, _, file = path.rpartition("/")
    stem = file.partition(".")[0]
    word = stem.lower().replace("-", "_")
    if word in _FOR_HELPERS:
        return not folder or stem.isupper()
    return (word in _IN_CAPITALS and stem.isupper()) or _PLANS.match(path) is not None


def is_settings(text: str) -> bool:
    """Return whether every line of a text is one of a configuration, or the whole is JSON."""
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return True
    lines = text.split("\n")
    if not all(map(_may_be_in_settings, lines)):  # most texts say so early
        return False
    settings = [line for line in lines if line.strip() and not _is_rule(line.strip())]
    return len(settings) > 1 and not settings[0][0].isspace()


def _may_be_in_settings(line: str) -> bool:
    text = line.strip()
    return not text or _SETTING.match(line) is not None or _is_rule(text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


@lru_cache(maxsize=1)  # whether it is an article, and why it is none, is asked about the same text
def is_link_list(text: str) -> bool:
    """Return whether most lines of a text are links, and few words stand in the others."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    rules = [*map(_is_rule, lines), False]
    rest = [line for line, ruled in zip(lines, pairwise(rules), strict=True) if line[0] != "#" and True not in ruled]
    most = len(rest) // 2 + 1
    if len([*islice(filter(_is_link, rest), most)]) < most:
        return False
    others = [line for line in rest if not _is_link(line)]
    return sum(len(line.encode()) for line in others) < _WORDS_BESIDE * (len(rest) - len(others))


def _is_rule(line: str) -> bool:
    return line[0] in _OF_RULES and _RULE.fullmatch(line) is not None


def _is_link(line: str) -> bool:
    """Return whether a line is a link, and no text but a mark beside it; a picture shows something, and is none."""
    if " " in line or "\t" in line:  # behind a mark; most lines are an address alone
        line = _MARKS.sub("", line, count=1)
    if line.startswith("!["):
        line = _PICTURES.sub("", line, count=1)  # an icon, maybe
    if line.startswith("["):
        return "](" in line and line.rstrip(" \\.,;。，；").endswith(")")
    return _ADDRESS.fullmatch(line) is not None
