"""Put off compiling the patterns of large tables.

A run needs few of them, and to compile all of them took a tenth of its start.
"""

import re
from functools import cached_property


class LatePattern:
    """A regular expression that is compiled when it is first needed."""

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        """Keep how it is written."""
        self._source, self._flags = source, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._source, self._flags)
