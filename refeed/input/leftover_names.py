"""The names of leftovers, as patterns; `refeed.input.leftovers` asks for them only where a name may be one."""

import re
from typing import Final

from refeed.input.leftovers import COPIES
from refeed.startup.late_patterns import late_pattern

_TEXT: Final = "adoc|html?|markdown|mdx?|org|rst|txt"
_ENDINGS: Final = (
    *("backup", "bak[0-9]?", "bck", "bk", "old", "orig", "original", "prev", "sav", "save"),
    *("crdownload", "download", "part", "partial", "temp", "tmp"),  # Chromium, Safari, Firefox, wget's kin
    *("dpkg-dist", "dpkg-new", "dpkg-old", "rpmnew", "rpmsave", "ucf-dist", "ucf-new", "ucf-old"),  # Debian, Fedora
    *("kate-swp", "swn", "swo", "swp"),  # Kate, vi
    *("mine", "ours", "r[0-9]{1,9}", "rej", "theirs"),  # Subversion, patch
)
_LEFTOVER: Final = late_pattern(
    rf"#.{{0,255}}#|~\$.{{0,255}}|.{{0,255}}(?:~"  # Emacs, of a file that is not saved; Word; Emacs, vi, gedit
    rf"|\.(?:{'|'.join(_ENDINGS)})(?:\.[0-9]{{1,3}})?"
    rf"|\.(?:backup|bak|conflict|old|tmp)\.[a-z]{{1,8}}"  # set aside; `x.orig.md` may be a text by itself
    rf"|\.(?:[a-z]{{1,8}}[_-](?:bak|old|orig)|(?:{_TEXT})\.[0-9]{{1,3}})"
    r"|\.sync-conflict-[0-9]{8}-[\w-]{0,20}\.[a-z]{1,8}|_conflict-[0-9]{8}-[0-9]{6}\.[a-z]{1,8}"  # Syncthing, ownCloud
    # Dropbox, Nextcloud, Seafile
    r"|\((?:.{0,60}conflict(?:ed)? copy|case conflict|sfconflict).{0,60}\)\.[a-z]{1,8}"
    r"|\[conflicted\]\.[a-z]{1,8}"  # pCloud
    r"|[._](?:BACKUP|BASE|LOCAL|REMOTE)[._][0-9]{1,9}\.[a-z]{1,8}"  # git mergetool
    r")",
    re.IGNORECASE | re.DOTALL,
)
_WORDS: Final = "|".join(COPIES)
_MARKED: Final = rf"[ ._-]{{1,3}}\(?[的の]?(?:{_WORDS})"
_COPY: Final = late_pattern(
    rf"[#~](?P<marked>.{{1,255}})|(?:{_WORDS}) (?:of|von|de|di) (?P<named>.{{1,255}})"
    rf"|(?P<stem>.{{1,255}}?)(?:~|{_MARKED}(?:[ _]?\(?[0-9]{{1,3}}\)?)?\)?)(?P<ending>\.[a-z]{{1,8}})"
    # `x.md.LOCAL`, `x.md-new`; but `x.html.de` is a translation (Apache), and `x.md.meta` says more about the file.
    rf"|(?P<whole>.{{1,255}}?\.(?:{_TEXT}))(?:\.(?!meta\Z)[^.]{{3,20}}|\.v?[0-9].{{0,20}}|[ _-].{{1,20}})",
    re.IGNORECASE | re.DOTALL,
)
# What all these have that end as texts do.
_SIGN: Final = late_pattern(
    rf"\A[#~]|~\.|[._](?:base|local|remote)[._][0-9]|conflict|\.tmp\.|\A(?:{_WORDS}) |{_MARKED}", re.IGNORECASE
)


def has_sign(name: str) -> bool:
    """Return whether a name that ends as those of texts do may be a leftover's."""
    return _SIGN.search(name) is not None


def is_leftover(name: str, beside: frozenset[str]) -> bool:
    """Return whether a name is a leftover's, as it is or beside those of the other files in its folder."""
    return _LEFTOVER.fullmatch(name) is not None or _is_copy(name, beside)


def _is_copy(name: str, beside: frozenset[str]) -> bool:
    copy = _COPY.fullmatch(name)
    if copy is None:
        return False
    original = copy["marked"] or copy["named"] or copy["whole"] or copy["stem"] + copy["ending"]
    return original in beside
