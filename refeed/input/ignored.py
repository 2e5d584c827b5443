"""Which names are never input, wherever they lie."""

import os
import re
from collections.abc import Iterable, Mapping
from fnmatch import translate
from types import MappingProxyType
from typing import Final

# Folders that hold no articles wherever they are: packages, built sites, caches.
NEVER_ENTERED: Final = frozenset({"__pycache__", "_site", "node_modules", "vendor"})

PUBLISHED: Final = ".refeed-manifest.json"
"""A file of this name marks a folder as a site that refeed has published: all in it is refeed's own output."""

_ENDINGS_OF_SCRIPTS: Final = ("js", "mjs", "cjs", "ts", "mts")


def _scripts(name: str, *folders: str) -> dict[str, frozenset[str]]:
    return {f"{name}.{ending}": frozenset(folders) for ending in _ENDINGS_OF_SCRIPTS}


_PUBLIC: Final = frozenset({"public", "themes"})
_HUGO: Final = _PUBLIC | {"_vendor", "archetypes"}
# The settings of a generator → folders beside them that hold no articles: the built site, which has every post again,
# and templates.
BUILT: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("_config.toml", "_config.yaml", "_config.yml"), _PUBLIC | {"scaffolds"}
        ),  # Hexo; Jekyll's is _site
        **dict.fromkeys(("config.json", "config.toml", "config.yaml", "config.yml"), _HUGO),  # and Zola
        **dict.fromkeys(("hugo.json", "hugo.toml", "hugo.yaml", "hugo.yml", "zola.toml"), _HUGO),
        **dict.fromkeys(("pelicanconf.py", "publishconf.py"), _PUBLIC | {"output"}),
        "conf.py": frozenset({"_build", "output"}),  # Nikola; Sphinx has one, too
        **dict.fromkeys(("_quarto.yaml", "_quarto.yml"), frozenset({"_book"})),  # its websites are in _site
        "bridgetown.config.yml": frozenset({"output"}),
        **dict.fromkeys(("mkdocs.yaml", "mkdocs.yml"), frozenset({"site"})),
        **_scripts("astro.config", "dist"),
        "astro-paper.config.ts": frozenset({"dist"}),
        "dendron.yml": frozenset({"docs"}),
        **_scripts("docusaurus.config", "build"),
        **_scripts("_config", "_site"),  # Lume
        "config.rb": frozenset({"build"}),  # Middleman
        **_scripts("gatsby-config", "public"),
        **_scripts("gridsome.config", "dist"),
        **_scripts("next.config", "out"),
        **_scripts("nuxt.config", "dist"),
        **_scripts("quartz.config", "public"),
        **_scripts("valaxy.config", "dist", "scaffolds"),
    }
)
_ALL_BUILT: Final = frozenset().union(*BUILT.values())


class Exclusions:
    """The patterns of `--exclude`."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Compile them; `./sub` and `sub/` are the same as `sub`."""
        stated = {pattern: re.compile(translate(pattern.removeprefix("./").rstrip("/"))) for pattern in patterns}
        self._patterns = tuple(stated.items())
        self.fitted = dict.fromkeys(stated, 0)  # how many files and folders each has left out so far

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def match(self, *names: str) -> bool:
        """Return whether one of the names fits one of the patterns."""
        for stated, pattern in self._patterns:
            if any(pattern.match(name) for name in names):
                self.fitted[stated] += 1
                return True
        return False


def is_walked(root: str, name: str, exclusions: Exclusions) -> bool:
    """Return whether a walk from a root comes past a file below it."""
    parts = name.split(os.sep)
    hidden = any(part.startswith(".") or part in NEVER_ENTERED or exclusions.match(part) for part in parts)
    built = any(
        part in _ALL_BUILT and _is_built(os.path.join(root, *parts[:depth]), part) for depth, part in enumerate(parts)
    )
    return not hidden and not built and not exclusions.match(name)


def _is_built(folder: str, name: str) -> bool:
    settings = (one for one, built in BUILT.items() if name in built)
    return any(os.path.lexists(os.path.join(folder, one)) for one in settings)
