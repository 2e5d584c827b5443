"""What ends the reading of an archive or of one of its members, as a problem without a path."""

from refeed.input.place import PlaceError
from refeed.limits import limit_message
from refeed.problems import Problem


class ArchiveError(PlaceError):
    """Something in an archive cannot be read."""

    def __init__(self, code: str, message: str) -> None:
        """Take the code and the words of the problem."""
        super().__init__(Problem(code, message))


class DamagedError(ArchiveError):
    """The bytes are not what they should be, or end too early."""

    def __init__(self, message: str) -> None:
        """Say what is wrong."""
        super().__init__("broken-archive", message)


class OverLimitError(ArchiveError):
    """There is more than refeed reads."""

    def __init__(self, most: int, what: str, name: str) -> None:
        """Name the limit, its unit and its option."""
        super().__init__("over-limit", limit_message(most, what, name))


class MemberError(ArchiveError):
    """A single member is not what it should be; what follows it in the archive can be read."""

    def __init__(self, message: str, code: str = "unreadable") -> None:
        """Say what is wrong."""
        super().__init__(code, message)
