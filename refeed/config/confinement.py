"""Hold what a refeed.toml that was found, not named, has decided to its own folder, at every build.

A folder can become a link while `serve` or `watch` run.
"""

from refeed.options import Options
from refeed.problems import ConfigurationError


def check_confinement(options: Options) -> None:
    """Raise ConfigurationError if what a found file named leads out of its folder by now."""
    if not options.confined:  # nothing was found, or it names nothing
        return
    from refeed.config.trust import refusals

    for refusal in refusals(options):
        if refusal.key in options.confined:
            message = f"{refusal.value} {refusal.reason} now, and {options.config} was found, not named"
            raise ConfigurationError(f"{message}; --config {options.config} allows it")
