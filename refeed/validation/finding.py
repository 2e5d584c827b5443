"""One finding about a feed, as a value."""

from collections.abc import Iterable, Iterator

from refeed.problems import Severity
from refeed.startup.named_tuple import NamedTuple
from refeed.validation.rules import RULES, Rule


class Finding(NamedTuple):
    """Something that is wrong with a feed, and where."""

    code: str
    message: str
    line: int = 0  # from 1; 0 when nobody knows
    entry: str = ""  # id of the entry; "" for the feed itself
    title: str = ""  # of the entry

    @property
    def rule(self) -> Rule:
        """The rule that is broken."""
        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        """How much it costs, from the table."""
        return self.rule.severity

    def __str__(self) -> str:
        """Say what is wrong, and where that is written."""
        return f"{self.message} ({self.rule.source})" if self.rule.source else self.message


def of_entry(findings: Iterable[Finding], entry: str, title: str, line: int) -> Iterator[Finding]:
    """Say which entry they are about."""
    for finding in findings:
        yield finding._replace(entry=entry, title=title, line=finding.line or line)
