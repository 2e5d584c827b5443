"""Tell by their names what programs leave beside files: backups, copies, halves; each is older or not whole."""

import re
from collections.abc import Sequence
from typing import Final

_TEXT: Final = "adoc|html?|markdown|mdx?|org|rst|txt"
_TEXT_ENDINGS: Final = frozenset({"adoc", "htm", "html", "markdown", "md", "mdx", "org", "rst", "txt"})
_ENDINGS: Final = (
    *("backup", "bak[0-9]?", "bck", "bk", "old", "orig", "original", "prev", "sav", "save"),
    *("crdownload", "download", "part", "partial", "temp", "tmp"),  # Chromium, Safari, Firefox, wget's kin
    *("dpkg-dist", "dpkg-new", "dpkg-old", "rpmnew", "rpmsave", "ucf-dist", "ucf-new", "ucf-old"),  # Debian, Fedora
    *("kate-swp", "swn", "swo", "swp"),  # Kate, vi
    *("mine", "ours", "r[0-9]{1,9}", "rej", "theirs"),  # Subversion, patch
)
_LEFTOVER: Final = re.compile(
    rf"#.{{0,255}}#|~\$.{{0,255}}|.{{0,255}}(?:~"  # Emacs, of a file that is not saved; Word; Emacs, vi, gedit
    rf"|\.(?:{'|'.join(_ENDINGS)})(?:\.[0-9]{{1,3}})?"
    rf"|\.(?:backup|bak|conflict|old|orig|tmp)\.[a-z]{{1,8}}"
    rf"|\.(?:[a-z]{{1,8}}[_-](?:bak|old|orig)|(?:{_TEXT})\.[0-9]{{1,3}})"
    r"|\.sync-conflict-[0-9]{8}-[\w-]{0,20}\.[a-z]{1,8}|_conflict-[0-9]{8}-[0-9]{6}\.[a-z]{1,8}"  # Syncthing, ownCloud
    # Dropbox, Nextcloud, Seafile
    r"|\((?:.{0,60}conflict(?:ed)? copy|case conflict|sfconflict).{0,60}\)\.[a-z]{1,8}"
    r"|\[conflicted\]\.[a-z]{1,8}"  # pCloud
    r"|[._](?:BACKUP|BASE|LOCAL|REMOTE)[._][0-9]{1,9}\.[a-z]{1,8}"  # git mergetool
    r")",
    re.IGNORECASE | re.DOTALL,
)
# What copies are called. Only beside the original it is one: a title may say so, too.
_COPIES: Final = (
    *(
        "backup",
        "bak",
        "conflict",
        "copia",
        "copie",
        "copy",
        "cópia",
        "konfliktkopie",
        "kopia",
        "kopie",
        "old",
        "копия",
    ),
    *("副本", "コピー", "복사본"),
)
_WORDS: Final = "|".join(_COPIES)
_MARKED: Final = rf"[ ._-]{{1,3}}\(?[的の]?(?:{_WORDS})"
_COPY: Final = re.compile(
    rf"[#~](?P<marked>.{{1,255}})|(?:{_WORDS}) (?:of|von|de|di) (?P<named>.{{1,255}})"
    rf"|(?P<stem>.{{1,255}}?)(?:~|{_MARKED}(?:[ _]?\(?[0-9]{{1,3}}\)?)?\)?)(?P<ending>\.[a-z]{{1,8}})"
    # `x.md.LOCAL`, `x.md-new`; but `x.html.de` is a translation (Apache), and `x.md.meta` says more about the file.
    rf"|(?P<whole>.{{1,255}}?\.(?:{_TEXT}))(?:\.(?!meta\Z)[^.]{{3,20}}|\.v?[0-9].{{0,20}}|[ _-].{{1,20}})",
    re.IGNORECASE | re.DOTALL,
)
# Without one of these a name that ends as texts do is none of all that; words are looked for where nearly none stands.
_MARKS: Final = ("#", "~", "base", "local", "remote", "conflict", "orig", "tmp", *_COPIES)
_SIGN: Final = re.compile(
    rf"\A[#~]|~\.|[._](?:base|local|remote)[._][0-9]|conflict|\.(?:orig|tmp)\.|\A(?:{_WORDS}) |{_MARKED}", re.IGNORECASE
)


def leftovers(names: Sequence[str]) -> frozenset[str]:
    """Return which of the names of the files in a folder are those of leftovers."""
    text = "/".join(names).lower()
    marks = [mark for mark in _MARKS if mark in text]  # nearly always none
    asked = [name for name in names if name.rpartition(".")[2] not in _TEXT_ENDINGS or (marks and _is_odd(name, marks))]
    beside = frozenset(names) if asked else frozenset()
    return frozenset(name for name in asked if _LEFTOVER.fullmatch(name) or _is_copy(name, beside))


def _is_odd(name: str, marks: Sequence[str]) -> bool:
    lowered = name.lower()
    return any(mark in lowered for mark in marks) and _SIGN.search(name) is not None


def _is_copy(name: str, beside: frozenset[str]) -> bool:
    copy = _COPY.fullmatch(name)
    if copy is None:
        return False
    original = copy["marked"] or copy["named"] or copy["whole"] or copy["stem"] + copy["ending"]
    return original in beside
