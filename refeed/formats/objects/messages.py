"""Recognise private messages, which exports of networks and phones hold beside posts.

LinkedIn's and Reddit's tables, Snapchat's and Signal's lists, copies of SMS: none has a mark of publication, and all
have a text and a day, as articles do.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from refeed.formats.objects.texts import text_of
from refeed.model import RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value

# What only messages have: the talk that they belong to, or somebody whom they are for.
_OF_TALKS: Final = frozenset({"conversation", "conversationid", "conversationtitle", "conversationtype"})
_OF_MESSAGES: Final = _OF_TALKS | {
    *("chatwith", "fromme", "isfromme", "issender", "receiver", "receiverid", "receivername", "recipient"),
    *("recipientid", "recipientname", "recipientprofileurls", "recipients", "threadparentmessageid", "torecipients"),
}
_TOGETHER: Final = (
    frozenset({"from", "to"}),
    frozenset({"sender", "to"}),
    frozenset({"from(address)", "to(address)"}),  # Outlook
    frozenset({"from", "mediatype"}),  # Snapchat
    frozenset({"mediatype", "to"}),
)
# Beside an address of their own these are of newsletters, and of what is sold or reported.
_TOGETHER_ALONE: Final = (
    frozenset({"from", "subject"}),  # mail, without a List-Id that would say that it went to many
    frozenset({"sender", "subject"}),
    frozenset({"address", "body", "read"}),  # SMS
    frozenset({"address", "body", "type"}),
)
_FROM: Final = "from"
_TITLE: Final = "title"  # what is sold or reported has one, beside an address and a type
_READERS: Final = "recipients"
_MANY: Final = 7  # digits: how many have got a newsletter; a telephone has more
# Where only who wrote or received it may open it: programs for mail, Reddit's messages.
_OWN_ADDRESS: Final = late_pattern(
    r"https?://(?!(?:mail|outlook|webmail)\.|(?:\w{1,10}\.)?reddit\.com/(?:message|chat)/)"
)
# X's numbers of posts, and of the first post of those that answer one another; its messages have another key.
_NUMBER_OF_X: Final = late_pattern(r"[0-9]{11,20}")
_VERSIONS_OF_X: Final = "edithistorytweetids"


def why_private(values: Mapping[str, Value], record: RawRecord) -> Problem | None:
    """Return why an object is not published, by the folded keys that it has: whether they say anything or not.

    What is public has an address of its own, and a title: a prize has a recipient, and so have newsletters.
    """
    has_title, has_address = _has_title(record), _has_address(record)
    if marks := sorted(_marks(values, has_title=has_title, has_address=has_address)):
        return _problem(marks[:1])
    keys = values.keys() - ({_FROM} if "://" in str(values.get(_FROM, "")) else set())  # a page, and no person
    sets = _TOGETHER if has_address else (*_TOGETHER, *_TOGETHER_ALONE)
    together = next((marks for marks in sets if marks <= keys), None)
    return _problem(sorted(together)) if together and _TITLE not in values and not has_title else None


def is_public(record: RawRecord) -> bool:
    """Return whether a record has what messages do not have: a title, and an address of its own."""
    return _has_title(record) and _has_address(record)


def _has_title(record: RawRecord) -> bool:
    return any(one.text.strip() for one in record.titles)


def _has_address(record: RawRecord) -> bool:
    return any(_OWN_ADDRESS.match(one.text) for one in record.links)


def _marks(values: Mapping[str, Value], *, has_title: bool, has_address: bool) -> set[str]:
    """Return the keys by which alone an object is a message."""
    found = _OF_MESSAGES & values.keys()
    if not found or (has_title and (has_address or not any(values[key] for key in found))):
        return set()
    number = text_of(values, _READERS)
    is_counted = number.isdecimal() and len(number) <= _MANY
    is_public = has_address or _is_post_of_x(values)
    return {*found} - ({_READERS} if is_counted else set()) - (_OF_TALKS if is_public else set())


def _is_post_of_x(values: Mapping[str, Value]) -> bool:
    """Return whether an object is a post as X's second API writes it."""
    if _VERSIONS_OF_X in values:
        return True
    number, first = text_of(values, "id"), text_of(values, "conversationid")
    are_numbers = _NUMBER_OF_X.fullmatch(number) and _NUMBER_OF_X.fullmatch(first)
    return bool(are_numbers) and int(first) <= int(number)


def _problem(keys: Iterable[str]) -> Problem:
    return Problem("private", f"a message from one person to another, by its {' and '.join(keys)}")
