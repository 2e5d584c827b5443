"""Tell an address that several articles share, such as a home page or a column's, from an article saved again."""

from collections.abc import Iterable
from math import inf
from typing import Final

# Records of one address that look like articles of their own: so many, on as many days, over more than so many seconds.
_SHARED: Final = 3
_SHARED_SPAN: Final = 31 * 86_400


def look_like_articles(dates: Iterable[float]) -> bool:
    """Return whether records of these dates, in seconds since 1970, are rather articles of their own."""
    known = [date for date in dates if date > -inf]
    days = {date // 86_400 for date in known}
    return len(known) >= _SHARED and len(days) == len(known) and max(known) - min(known) > _SHARED_SPAN
