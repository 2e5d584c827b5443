"""refeed index: show or clear what builds remember."""

import click

from refeed.commands._shared import OK, print_lines
from refeed.config.command_line import examples


@click.command(
    "index", short_help="Show or clear what builds remember.", epilog=examples("refeed index", "refeed index --clear")
)
@click.option(
    "--clear",
    is_flag=True,
    help="Delete the indexes, or the one that --index names. The next build reads every file again.",
)
@click.option(
    "--index",
    "path",
    type=click.Path(),
    metavar="FILE",
    envvar="REFEED_INDEX",
    help="Show or clear only this index (or that of REFEED_INDEX).",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def index(*, clear: bool, path: str | None, quiet: bool) -> int:
    """Show the files in which builds remember what they read, so that the next build reads only what is new."""
    from refeed.cache.location import index_files
    from refeed.quantities import size

    for found in index_files(path):
        size_text = size(found.stat().st_size)
        if clear:
            found.unlink(missing_ok=True)
        if not quiet:
            print_lines([f"{found}: {size_text}{', deleted' if clear else ''}"])
    return OK


COMMAND = index
