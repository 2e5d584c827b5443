"""Show findings: as lines for people, and as facts for programs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from refeed.problems import Severity
from refeed.quantities import amount
from refeed.validation.finding import Finding
from refeed.validation.validate import Validated

_PER_CODE: Final = 5  # findings of one kind in one file: a program made them, and makes them everywhere
_NAMES: Final = {"atom": "Atom", "rss": "RSS 2.0", "json": "JSON Feed", "": "no feed"}


def finding_lines(
    file: str, validated: Validated, origins: Mapping[str, str], *, only_errors: bool, verbose: bool
) -> Iterator[str]:
    """Return the lines of each finding: where, how bad, what, and the code; then the entry, its dump and the cure."""
    shown = Counter[str]()
    for finding in validated.findings:
        if only_errors and finding.severity is not Severity.ERROR:
            continue
        shown[finding.code] += 1
        if verbose or shown[finding.code] <= _PER_CODE:
            yield from _lines(file, finding, origins)
    for code, count in shown.items():
        if count > _PER_CODE and not verbose:
            yield f"{file}: … and {count - _PER_CODE:,} more [{code}]: --verbose"


def summary_line(file: str, validated: Validated) -> str:
    """Return what a file is, and how much is wrong with it."""
    counts = Counter(finding.severity for finding in validated.findings)
    told = ", ".join(amount(counts[severity], str(severity)) for severity in Severity if counts[severity])
    return f"{file}: {_NAMES[validated.format]}: {told or 'no findings'}"


def facts(file: str, validated: Validated, origins: Mapping[str, str]) -> dict[str, Any]:
    """Return everything about one file as `--json` shows it."""
    return {
        "file": file,
        "format": validated.format or None,
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "line": finding.line,
                "message": finding.message,
                "source": finding.rule.source,
                "cure": finding.rule.cure,
                "entry": finding.entry or None,
                "title": finding.title or None,
                "dump": origins.get(finding.entry),
            }
            for finding in validated.findings
        ],
    }


def _lines(file: str, finding: Finding, origins: Mapping[str, str]) -> Iterator[str]:
    place = f"{file}:{finding.line}" if finding.line else file
    yield f"{place}: {finding.severity}: {finding} [{finding.code}]"
    if finding.entry or finding.title:
        yield f"    entry: {' '.join(filter(None, (finding.title, f'<{finding.entry}>')))}"
    if origin := origins.get(finding.entry):
        yield f"    from: {origin}"
    yield f"    cure: {finding.rule.cure}"
