"""Know messages from one person to another, which exports of networks and of telephones hold beside posts.

LinkedIn's and Reddit's tables, Snapchat's and Signal's lists, copies of SMS: none has a mark of publication, and all
have a text and a day, as articles do.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from refeed.formats.headers.fields import Value
from refeed.problems import Problem

# What only messages have: somebody whom they are for, or the talk that they belong to.
_OF_MESSAGES: Final = frozenset(
    {"chatwith", "conversation", "conversationid", "conversationtitle", "conversationtype", "fromme", "isfromme"}
    | {"issender", "receiver", "receiverid", "receivername", "recipient", "recipientid", "recipientname"}
    | {"recipientprofileurls", "recipients", "threadparentmessageid"}
)
_TOGETHER: Final = (
    frozenset({"from", "to"}),
    frozenset({"sender", "to"}),
    frozenset({"from(address)", "to(address)"}),  # Outlook
    frozenset({"from", "subject"}),  # mail, without a List-Id that would say that it went to many
    frozenset({"sender", "subject"}),
    frozenset({"from", "mediatype"}),  # Snapchat
    frozenset({"mediatype", "to"}),
    frozenset({"address", "body", "read"}),  # SMS
    frozenset({"address", "body", "type"}),
)
_FROM: Final = "from"
_TITLE: Final = "title"  # what is sold or reported has one, beside an address and a type


def why_private(values: Mapping[str, Value]) -> Problem | None:
    """Return why an object is not published, by the folded keys that it has: whether they say anything or not."""
    if marks := sorted(_OF_MESSAGES & values.keys()):
        return _problem(marks[:1])
    keys = values.keys() - ({_FROM} if "://" in str(values.get(_FROM, "")) else set())  # a page, and no person
    together = next((marks for marks in _TOGETHER if marks <= keys), None)
    return _problem(sorted(together)) if together and _TITLE not in values else None


def _problem(keys: Iterable[str]) -> Problem:
    return Problem("private", f"a message from one person to another, by its {' and '.join(keys)}")
