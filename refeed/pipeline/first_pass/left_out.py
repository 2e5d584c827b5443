"""Say why records that were read are in no article."""

from collections.abc import Iterator

from refeed.paths import without_secrets
from refeed.pipeline.first_pass.file_table import Files
from refeed.problems import Problem
from refeed.records.publication.time_problems import expired, held_back
from refeed.records.selection.fold import RecordId
from refeed.records.selection.select import Selected


def why_left_out(selected: Selected, files: Files) -> Iterator[Problem]:
    """Yield why each record is in no article: those held back, those that are over, those that lost against another."""
    outcome = selected.outcome
    for record in outcome.held_back:
        yield held_back(record.seconds, files[record.file].path, record.line)
    for record in outcome.expired:
        yield expired(record.seconds, files[record.file].path, record.line)
    for lost, won in outcome.duplicates:
        message = f"duplicate of {_name(won, files)}, which is newer, or longer, or comes first"
        if lost.file == won.file:
            message += "; if it is another article, state an id or an address for each"
        yield _duplicate(lost, message, files)
    for other in selected.other_forms:
        message = f"duplicate of {_name(other.winning, files)}, which has the same title, name and date"
        yield _duplicate(other.record, message, files)
    for shared in outcome.shared:
        message = (
            f"{shared.records} records share one address and look like separate articles; if they are, set "
            'address = "shared" in [sources."HOST"]'
        )
        yield Problem("shared-address", message, files[shared.winner.file].path)


def _duplicate(lost: RecordId, message: str, files: Files) -> Problem:
    message = f"record {lost.number + 1}: {message}" if lost.number else message
    return Problem("duplicate", message, files[lost.file].path)


def _name(record: RecordId, files: Files) -> str:
    path = without_secrets(files[record.file].path)
    return f"record {record.number + 1} of {path}" if record.number else path
