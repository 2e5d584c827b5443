"""Tell newsletters from private mail: what no list sent is a letter, and no feed shows it.

A folder or a mark that says that its owner wrote, deleted or refused a mail withholds it, too.
"""

import re
from typing import TYPE_CHECKING, Final

from refeed.formats.mails.message import header, headers
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:
    from refeed.formats.mails.message import Mail

_STOP: Final = "list-unsubscribe"
# RFC 2919, RFC 2369, RFC 8058; and what programs write that send feeds as mail (rss2email, feed2imap).
_LISTS: Final = (
    "list-id",
    _STOP,
    "list-post",
    "x-rss-feed",
    "x-rss-url",
    "x-rss-id",
    "x-feed2imap-version",
)
# What services add to messages that they send to one person, though from a list.
_PERSONAL: Final = (
    *("x-github-reason", "x-gitlab-notificationreason", "x-jira-fingerprint"),
    *("x-facebook-notify", "x-linkedin-template"),
    *("x-asana-notification-id", "x-trello-notification", "x-autoreply", "x-autorespond"),
)
# What shops and accounts write to one person also offers to stop further mails: of these alone subject and addresses
# tell. Newsletters speak of orders, too, but not of a number or of what has become of yours.
_OF_ACCOUNT: Final = late_pattern(
    r"\byour (?:[a-z]{1,20} )?(?:order|invoice|receipt|booking)(?: ?(?:#|no\.|number|[0-9]|has|is|was|confirm|from)|\Z)"
    r"|\b(?:order|invoice|receipt|booking) (?:#|no\.? ?)?[0-9]{3}|\breset your password\b|\bpassword reset\b"
    r"|\b(?:verify|confirm) your (?:e-?mail|account|address)\b"
    r"|\b(?:verification|security|log-?in|sign-?in|one-time) code\b"
    r"|\b(?:ihre|deine) (?:bestellung|rechnung|buchung)\b|\bpasswort zurücksetzen\b",
    re.IGNORECASE,
)
_TO_ACCOUNT: Final = late_pattern(
    r"https?://[^\s\"'<>/]{1,250}/(?:[\w.-]{1,40}/){0,4}(?:(?:re)?set[-_]?password|password[-_/]?(?:re)?set|reset"
    r"|verify[-_]?(?:e-?mail|account)|confirm[-_]?(?:e-?mail|account)|magic[-_]?link)(?![\w-])[^\s\"'<>?]{0,250}\?",
    re.IGNORECASE,
)
_FOLDERS: Final = re.compile(
    r"(?:^|[/.])(?:\[gmail\]/)?(drafts?|trash|deleted(?: items| messages)?|bin|junk|spam"
    r"|sent(?: items| messages| mail|-mail)?|outbox"
    r"|entwürfe|papierkorb|gesendet|brouillons|corbeille|borradores|papelera|草稿箱?|垃圾邮件|已发送|已删除)(?:\.mbox|\.sbd)?(?=/|\Z)",
    re.IGNORECASE,
)
_FLAGS: Final = re.compile(r"[:;!]2,([A-Za-z]*)\Z")  # Maildir
_MAILDIR_TEMPORARY: Final = re.compile(r"(?:^|/)tmp/[0-9]+\.[^/]+\Z")
_LABELS: Final = frozenset({"draft", "drafts", "junk", "sent", "spam", "trash"})  # Google's Takeout
_SENSITIVE: Final = frozenset({"company-confidential", "personal", "private"})  # RFC 2156, 5.3.4
_EXPUNGED: Final = 0x0008  # Thunderbird: deleted, and still in the file
_ADDRESS: Final = re.compile(r"[\w.+%'=-]{1,64}@[\w-][\w.-]{0,250}")
_LONGEST: Final = 10_000
_MOST: Final = 20
_CURE: Final = "--withheld include shows it"


def is_unfinished(name: str) -> bool:
    """Return whether a file lies where mail is still being delivered (Maildir's tmp)."""
    return bool(_MAILDIR_TEMPORARY.search(name))


def withheld(mail: "Mail", name: str, body: str) -> Problem | None:
    """Return why a mail is not to be shown; no message quotes it."""
    if folder := _FOLDERS.search(name):
        return Problem("private", f"a mail in a folder for {folder[1].lower()}; {_CURE}")
    flags = _FLAGS.search(name)
    if (flags and set(flags[1]) & {"D", "T"}) or _is_deleted(mail):
        return Problem("draft", f"a mail that is a draft or deleted, by its marks; {_CURE}")
    if not any(header(mail, one) for one in _LISTS):
        return Problem("private", f"a mail that no list sent (it has neither List-Id nor List-Unsubscribe); {_CURE}")
    if header(mail, "sensitivity").strip().lower() in _SENSITIVE or header(mail, "x-no-archive").lower() == "yes":
        return Problem("private", f"a mail that its author marks as not for others; {_CURE}")
    is_notification = any(header(mail, one) for one in _PERSONAL) or _is_of_account(mail, body)
    if is_notification or header(mail, "auto-submitted").lower().startswith("auto-replied"):
        return Problem("private", f"a notification for one person; {_CURE}")
    return None


def _is_of_account(mail: "Mail", body: str) -> bool:
    """Return whether nothing but a way to stop it makes a mail a list's, and it is about one person's affairs."""
    if any(header(mail, one) for one in (*_LISTS, "archived-at") if one != _STOP):
        return False
    return bool(_OF_ACCOUNT.search(header(mail, "subject")[:_LONGEST]) or _TO_ACCOUNT.search(body[: 10 * _LONGEST]))


def recipients(mail: "Mail") -> list[str]:
    """Return the addresses that a mail was sent to: newsletters name them in their text."""
    named = (
        text for one in ("to", "cc", "delivered-to", "x-original-to", "envelope-to") for text in headers(mail, one)
    )
    found = (address.lower() for text in named for address in _ADDRESS.findall(text[:_LONGEST]))
    return [*dict.fromkeys(found)][:_MOST]


def _is_deleted(mail: "Mail") -> bool:
    status = header(mail, "x-mozilla-status")
    is_expunged = bool(re.fullmatch(r"[0-9A-Fa-f]{4}", status)) and bool(int(status, 16) & _EXPUNGED)
    labels = {label.strip(' "').lower() for label in header(mail, "x-gmail-labels").split(",")}
    return (
        is_expunged
        or bool(header(mail, "x-mozilla-draft-info"))
        or bool(set(header(mail, "x-status")) & {"D", "T"})
        or not _LABELS.isdisjoint(labels)
    )
