"""The objects of a store, by their folders: however they come, and however many there are."""

from datetime import UTC, datetime
from typing import Any

import pytest
from obstore.store import MemoryStore

from refeed.input.remote.listed import ListedFolder, ListedObject, listed

MANY = [f"{number:04}.md" for number in range(2_300)]  # more than two answers of a store


def shown(folders: dict[str, ListedFolder]) -> dict[str, tuple[list[str], list[str]]]:
    """Return the folders in each folder, and the names of its objects."""
    return {path: (sorted(folder.folders), [*folder]) for path, folder in folders.items()}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (MANY, {"top/": ([], MANY)}),
        (["b.md", "a/c/d.md"], {"top/": (["a"], ["b.md"]), "top/a/": (["c"], []), "top/a/c/": ([], ["d.md"])}),
        ([f"only/{name}" for name in MANY], {"top/": (["only"], []), "top/only/": ([], MANY)}),
        (
            ["z.md", *(f"{name[:2]}/x/{name}" for name in MANY)],
            {
                "top/": ([f"{number:02}" for number in range(23)], ["z.md"]),
                **{f"top/{number:02}/": (["x"], []) for number in range(23)},
                **{f"top/{number:02}/x/": ([], MANY[100 * number : 100 * number + 100]) for number in range(23)},
            },
        ),
        ([], {"top/": ([], [])}),
    ],
    ids=["one flat folder", "few", "one folder in it", "many folders", "none"],
)
def test_objects_are_in_their_folders(keys: list[str], expected: dict[str, tuple[list[str], list[str]]]) -> None:
    store = MemoryStore()
    for key in [*(f"top/{key}" for key in keys), "top2/other.md"]:
        store.put(key, b"x")
    assert shown(listed(store, "top/")) == expected


class Unsorted:
    """A store that tells its objects in an order of its own, as some do."""

    def list(self, _: str | None, **__: Any) -> list[list[dict[str, Any]]]:
        """Return all as one answer."""
        moment = datetime(2020, 5, 1, tzinfo=UTC)
        names = ("b.md", "ü [x]*?.md", "a.md")
        return [[{"path": name, "size": len(name), "last_modified": moment, "e_tag": f'"{name}"'} for name in names]]


def test_an_object_is_found_by_its_name_whatever_the_order() -> None:
    folder = listed(Unsorted(), "")[""]
    seconds = 1588291200.0  # 2020-05-01
    assert folder.get("a.md") == ListedObject(4, seconds, '"a.md"')
    assert folder.get("b.md") == ListedObject(4, seconds, '"b.md"')
    assert folder.get("ü [x]*?.md") == ListedObject(10, seconds, '"ü [x]*?.md"')
    assert folder.get("c.md") is None
