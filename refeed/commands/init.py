"""refeed init: write a commented refeed.toml."""

import shlex
from pathlib import Path

import click

from refeed.commands._shared import OK
from refeed.config.command_line import examples
from refeed.console import say


@click.command(
    "init",
    short_help="Write a commented refeed.toml.",
    epilog=examples('refeed init archive --title "My archive" --author "Ada Marlowe"'),
)
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--title", help="Set the feed's title (default: the folder's name).")
@click.option("--author", help="Set the feed's author (default: its title).")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
def init(folder: Path, title: str | None, author: str | None, *, quiet: bool) -> int:
    """Write a commented refeed.toml with a new feed id into FOLDER. An existing one is never changed."""
    from refeed.config.template import write_starter

    path = write_starter(folder, title, author)
    if not quiet:
        say(f"wrote {path}; `refeed build {shlex.quote(str(folder))} > feed.xml` uses it")
    return OK


COMMAND = init
