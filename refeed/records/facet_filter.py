"""Leave out of a batch the records that the user's filters exclude, by the facets beside their rows."""

from collections import defaultdict

from refeed.options import Options
from refeed.records.facets import FacetFilters, need_facets, unpacked
from refeed.records.filters import Filter, missed
from refeed.records.rows import ECHO, ROW_SIZE, WITHHELD, as_echo, unpack
from refeed.records.scan_result import FileNotes, ScanResult, counted

_NO_NOTES = FileNotes()


def filtered(result: ScanResult, options: Options) -> ScanResult:
    """Return what is left of a batch, and note what each file lost and which filters its records match."""
    if not need_facets(options):
        return result
    filters = FacetFilters(options)
    rows, lost, matched = list[bytes](), defaultdict[int, list[list[str]]](list), defaultdict[int, set[Filter]](set)
    for number, (fields, facets) in enumerate(zip(unpack(result.rows), unpacked(result.facets), strict=True)):
        file_no, found = fields[5], filters.matched(facets)
        matched[file_no] |= found
        # What is not published withdraws its article, also one whose other copies a filter lets pass.
        unmet, packed = missed(found, options), result.rows[ROW_SIZE * number : ROW_SIZE * (number + 1)]
        if fields[8] & (WITHHELD | ECHO) or not unmet:
            rows.append(packed)
        else:
            lost[file_no].append(unmet)
            rows += [as_echo(packed)] if fields[10] else []  # so does what has ended: that is known later
    touched = {*result.notes, *lost, *(file_no for file_no, found in matched.items() if found)}
    notes = {
        file_no: _noted(result.notes.get(file_no, _NO_NOTES), lost[file_no], matched[file_no], filters, options)
        for file_no in sorted(touched)
    }
    return result._replace(rows=b"".join(rows), notes=notes, facets=b"")


def _noted(
    note: FileNotes, lost: list[list[str]], matched: set[Filter], filters: FacetFilters, options: Options
) -> FileNotes:
    """Add what the filters do to the rows of a file, and leave out its undated records that no filter wants."""
    first = len(note.problems) - note.undated  # each undated record has its problem, and they come last
    found = [filters.matched(bytes.fromhex(facets)) for facets in note.undated_facets]
    undated = [missed(one, options) for one in found]
    told = (problem for problem, unmet in zip(note.problems[first:], undated, strict=True) if not unmet)
    left_out = [*lost, *filter(None, undated)]
    return note._replace(
        filtered=note.filtered + len(left_out),
        missed=counted(left_out),
        undated=undated.count([]),
        problems=(*note.problems[:first], *told),
        matched=tuple(sorted(matched.union(*found))),
        undated_facets=(),
    )
