"""Name where statements stand that the vocabulary of front matter has read elsewhere."""

from typing import Any, Final

from refeed.problems import Problem

_WHERE: Final = "front matter"


def named(said: Any, where: str) -> Any:
    """Return statements, or the problem that withholds the article, with the name of where they stand."""
    if isinstance(said, bool):
        return said
    if isinstance(said, Problem):
        return said._replace(message=said.message.replace(_WHERE, f"a {where}", 1))
    return tuple(statement._replace(origin=statement.origin.replace(_WHERE, where, 1)) for statement in said)
