"""How people write a day, perhaps with its time, into a heading or the line below it: the pattern of it."""

from typing import Final

_CLOCK: Final = r"(?:[T ,]{1,3}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?(?:[AP]M|Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?"
DAY: Final = (
    r"(?:(?<![0-9])(?:19|20)[0-9]{2}"
    r"(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}| ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?[日号號])(?![0-9])"
    r"|[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{2}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?,? (?:19|20)[0-9]{2}(?![0-9]))" + _CLOCK
)
"""A regular expression without groups that are numbered."""
