"""Where refeed keeps for a user what it would make anew: the folder that the system wants caches to be in."""

import os
import sys
from typing import Final

NO_FOLDER: Final = "there is no home folder: set HOME or XDG_CACHE_HOME"


def cache_folder() -> str | None:
    """Return the path of the user's cache folder for refeed, be it there or not; None for a user without a home.

    On Linux it is what platformdirs returns, which takes a tenth of a build of nothing new to load.
    https://specifications.freedesktop.org/basedir-spec
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        stated = os.environ.get("XDG_CACHE_HOME", "")
        found = stated if os.path.isabs(stated) else os.path.expanduser("~/.cache")
        return f"{found.rstrip('/')}/refeed" if os.path.isabs(found) else None
    from platformdirs import user_cache_dir

    try:
        return user_cache_dir("refeed", appauthor=False)
    except RuntimeError:
        return None
