"""refeed diff: say what a subscriber sees when one state of a feed follows another."""

import click

from refeed.commands._shared import NOT_RIGHT, OK, print_lines
from refeed.config.command_line import examples
from refeed.console import say, visible


@click.command(
    "diff",
    short_help="Say what subscribers see when a feed changes.",
    epilog=examples("refeed diff feed.xml new.xml", "refeed diff site new-site --json"),
)
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON, with every text whole.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing; the exit status says enough.")
def diff(old: str, new: str, *, as_json: bool, quiet: bool) -> int:
    """Say what somebody who subscribes to OLD sees when NEW takes its place.

    Both are feeds (Atom, RSS, JSON Feed, of refeed or not), or folders that `refeed publish` wrote. Entries are new,
    changed (with their fields), moved (the same article under another id), repeated (under a second id), returned,
    gone, or out of the window (newer ones took their place).

    The exit status is 1 if an article would show twice, or an old one as news.
    """
    from refeed.comparison.lines import change_lines, facts, summary_line
    from refeed.comparison.places import compare_places
    from refeed.console import dumps

    feeds = compare_places(old, new)
    if as_json:
        print_lines([dumps(facts(feeds))])
    elif not quiet:
        print_lines(map(visible, change_lines(feeds)))
        say(summary_line(feeds))
    return NOT_RIGHT if any(feed.is_harmful for feed in feeds) else OK


COMMAND = diff
