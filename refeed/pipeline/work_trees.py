"""Add the git work trees around the files to the settings of a run, if the user wants dates from their histories."""

import os
from dataclasses import replace
from typing import Final

from refeed.options import Options
from refeed.pipeline.build_context import BuildContext
from refeed.quantities import amount
from refeed.report import Report

_MARK: Final = ".git"


def with_work_trees(options: Options) -> tuple[Options, tuple[str, ...]]:
    """Return the settings with the work trees, and what the user should know about those."""
    if options.undated != "git":
        return options, ()
    from refeed.git.work_trees import find_work_trees

    found = find_work_trees(options.paths or (options.folder,))
    return replace(options, work_trees=found.work_trees), found.notes


def number_of_undated(report: Report) -> int:
    """Count the records without a usable date, and the files that would be records if they had one."""
    return max(report.totals.undated, sum(problem.code == "no-date" for problem in report.left_out))


def notes_on_undated(report: Report, context: BuildContext) -> tuple[str, ...]:
    """Return a note that git may know dates for records that were left out without one."""
    undated = number_of_undated(report)
    if not undated or context.options.undated != "skip" or not any(map(_is_in_work_tree, context.paths)):
        return ()
    return (f"{amount(undated, 'article')} without a date in a git work tree: --undated git takes that of a commit",)


def _is_in_work_tree(path: str) -> bool:
    from refeed.input.address import is_address
    from refeed.input.parent_folders import folders_around

    return not is_address(path) and any(os.path.lexists(folder / _MARK) for folder in folders_around(path))
