"""The refeed.toml that `refeed init` writes: it can be read, and says what was found."""

import tomllib
from pathlib import Path

from refeed.config.template import write_starter
from refeed.config.toml_file import load_configuration

SETTINGS = """\
title: Quay "notes"
author: Ada Marlowe
url: https://quay.example.org
baseurl: /log
timezone: Europe/Lisbon
permalink: /:year/:title/
lang: pt
"""


def without_remarks(text: str) -> str:
    """Return the settings as they are once every remark that is a setting counts."""
    return "\n".join(line.removeprefix("# ") for line in text.splitlines() if not line.startswith("# Readers"))


def test_init_writes_what_the_site_says_as_remarks(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(SETTINGS)
    text = write_starter(tmp_path, None, None).read_text()
    feed = load_configuration(tmp_path / "refeed.toml").feed
    assert (feed.title, feed.author, feed.link) == ('Quay "notes"', "Ada Marlowe", None)
    assert '# link = "https://quay.example.org/log/"' in text
    assert '# language = "pt"' in text
    found = text.partition('# [sources."*"]\n')[2].partition("\n\n")[0]
    assert tomllib.loads(without_remarks(found)) == {
        "site": "https://quay.example.org/log",
        "permalink": "/:year/:title/",
        "timezone": "Europe/Lisbon",
    }


def test_what_the_user_says_counts_more(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text(SETTINGS)
    write_starter(tmp_path, "Mine", None)
    feed = load_configuration(tmp_path / "refeed.toml").feed
    assert (feed.title, feed.author) == ("Mine", "Ada Marlowe")


def test_a_site_in_a_folder_is_said_of_that_folder(tmp_path: Path) -> None:
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "_config.yml").write_text("url: https://quay.example.org\ntitle: Quay\n")
    text = write_starter(tmp_path, None, None).read_text()
    assert '# [sources."blog/*"]\n# site = "https://quay.example.org"\n' in text
    assert 'title = "Quay"\n' in text


def test_without_a_site_nothing_is_said_of_one(tmp_path: Path) -> None:
    text = write_starter(tmp_path, None, None).read_text()
    assert "The site around" not in text
    assert load_configuration(tmp_path / "refeed.toml").feed.title == tmp_path.name
