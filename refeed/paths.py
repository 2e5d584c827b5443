"""What paths are beside names of files: ways into archives, and addresses, which not everybody may see whole."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

INTO: Final = "!/"
"""What leads into an archive: it stands between the archive and the name of what lies in it."""

# What an address of the web has beside its host and its path: who asks, and signatures or keys.
_SECRETS: Final = late_pattern(r"(?<=://)[^/?#]*@|[?#].*", re.DOTALL)
_PASSWORD: Final = late_pattern(r"\A([a-z][a-z0-9+.-]*://)[^/?#@:]*:[^/?#]*@")  # a name alone may be Azure's container


def without_secrets(path: str) -> str:
    """Return a path as others may see it: an address without user, password, signature or key."""
    if "://" not in path:
        return path
    if not path.startswith(("http://", "https://")):
        return _PASSWORD.sub(r"\1", path)
    address, into, inside = path.partition(INTO)
    return _SECRETS.sub("", address) + into + inside
