"""Add the git work trees around the files to the settings of a run, if the user wants dates from their histories."""

from dataclasses import replace

from refeed.options import Options


def with_work_trees(options: Options) -> tuple[Options, tuple[str, ...]]:
    """Return the settings with the work trees, and what the user should know about those."""
    if options.undated != "git":
        return options, ()
    from refeed.git.work_trees import find_work_trees

    found = find_work_trees(options.paths or (options.folder,))
    return replace(options, work_trees=found.work_trees), found.notes
