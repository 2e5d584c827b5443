"""refeed index: show or clear what builds remember."""

import click

from refeed.commands._shared import OK, print_lines


@click.command("index", short_help="Show or clear what builds remember.")
@click.option("--clear", is_flag=True, help="Delete it; the next build reads every file again.")
@click.option("--index", "path", type=click.Path(), metavar="FILE", help="Only this index.")
def index(*, clear: bool, path: str | None) -> int:
    """Show the files in which builds remember what they read, so that the next one reads only what is new."""
    from refeed.cache.location import index_files

    for found in index_files(path):
        size = found.stat().st_size
        if clear:
            found.unlink(missing_ok=True)
        print_lines([f"{found}: {size / 1e6:.1f} MB{', deleted' if clear else ''}"])
    return OK


COMMAND = index
