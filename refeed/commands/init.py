"""refeed init: write a commented refeed.toml."""

from pathlib import Path

import click

from refeed.commands._shared import OK
from refeed.console import say


@click.command("init", short_help="Write a commented refeed.toml.")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--title", help="The feed's title; by default the folder's name.")
@click.option("--author", help="The feed's author; by default its title.")
def init(folder: Path, title: str | None, author: str | None) -> int:
    """Write a commented refeed.toml with a fresh feed id into FOLDER; an existing one is never touched."""
    from refeed.config.template import write_starter

    path = write_starter(folder, title, author)
    say(f"wrote {path}; `refeed build > feed.xml` in {folder} uses it")
    return OK


COMMAND = init
