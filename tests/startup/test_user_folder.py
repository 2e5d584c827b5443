"""The folder that a user's caches are in."""

import sys

import platformdirs
import pytest

from refeed.startup.user_folder import cache_folder


def nobody(_: int) -> None:
    """Know no user, as the database of a container."""
    raise KeyError


@pytest.mark.parametrize(
    ("home", "stated"),
    [
        ("/home/ana", None),
        ("/home/ana/", ""),
        ("/home/ana", "/var/cache/feeds"),
        ("/home/ana", "/var/cache/feeds/"),
        ("/home/ana", "caches"),  # the specification: a relative path is to be ignored
        (None, "/var/cache/feeds"),
        (None, None),  # whose home is found by the user's number
    ],
)
def test_it_is_the_one_that_platformdirs_finds(
    home: str | None, stated: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HOME", home), ("XDG_CACHE_HOME", stated)):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert cache_folder() == platformdirs.user_cache_dir("refeed", appauthor=False)


@pytest.mark.parametrize("system", ["linux", "another"])
def test_a_user_without_a_home_has_none(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert cache_folder() is None


def test_others_systems_have_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDROID_DATA", "/data")
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda name, **_: f"/theirs/{name}")
    assert cache_folder() == "/theirs/refeed"
