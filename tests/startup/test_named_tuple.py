"""Named tuples behave as those of typing do."""

import copy
import pickle
from types import new_class
from typing import Generic, TypeVar

import pytest

from refeed.startup.named_tuple import NamedTuple

T = TypeVar("T")


class Tide(NamedTuple):
    """A fact of the harbour's calendar."""

    height: int
    moon: "str | None" = None
    boats: tuple[str, ...] = ()

    def with_boat(self, name: str) -> "Tide":
        """Return the same tide with one boat more."""
        return self._replace(boats=(*self.boats, name))


class Crate(NamedTuple, Generic[T]):
    """Holds one thing."""

    content: T


class Calm(NamedTuple):
    """Says nothing."""


def test_fields_are_given_by_place_by_name_or_not_at_all() -> None:
    assert Tide(3, boats=("Heron",)) == (3, None, ("Heron",))
    assert Tide._make((3, None, ("Heron",))) == Tide(3, None, ("Heron",))
    assert Calm() == ()
    assert Crate[str]("rope").content == "rope"


@pytest.mark.parametrize("given", [{}, {"height": 3, "wind": 4}])
def test_a_field_that_is_missing_or_unknown_is_an_error(given: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"Tide\.__new__\(\)"):
        Tide(**given)  # type: ignore[arg-type]


def test_fields_are_read_and_matched_and_cannot_be_set() -> None:
    tide = Tide(3, "full")
    assert (tide.height, tide.moon, tide.boats) == (3, "full", ())
    match tide:
        case Tide(height, moon):
            assert (height, moon) == (3, "full")
    for name in ("height", "wind"):
        with pytest.raises(AttributeError):
            setattr(tide, name, 4)


def test_two_classes_of_as_many_fields_keep_their_names_apart() -> None:
    class Pier(NamedTuple):
        length: int
        owner: str = "nobody"
        lamps: int = 0

    assert (Pier(40, lamps=2).owner, Pier._fields, Tide._fields) == (
        "nobody",
        ("length", "owner", "lamps"),
        ("height", "moon", "boats"),
    )


@pytest.mark.parametrize("count", range(20))
def test_any_number_of_fields_is_kept_in_order(count: int) -> None:
    names = [f"buoy_{number}" for number in range(count)]
    kind = new_class(
        "Row", (NamedTuple,), exec_body=lambda body: body.update(__annotations__=dict.fromkeys(names, int))
    )
    by_place, by_name = kind(*range(count)), kind(**{name: number for number, name in enumerate(names)})
    assert tuple(by_place) == tuple(by_name) == tuple(range(count))
    assert [getattr(by_place, name) for name in names] == [*range(count)]


def test_some_fields_are_replaced_and_the_rest_stays() -> None:
    assert Tide(3, "full").with_boat("Heron") == (3, "full", ("Heron",))
    assert type(Tide(3)._replace(height=2)) is Tide
    with pytest.raises(TypeError, match="Tide has no field 'wind'"):
        Tide(3)._replace(wind=4)  # type: ignore[call-arg]


def test_the_copy_module_replaces_fields() -> None:
    """Python 3.13 has `copy.replace`, which calls a method of this name."""
    replace = getattr(copy, "replace", lambda value, **changes: value.__replace__(**changes))
    assert replace(Tide(3, "full"), height=2) == Tide(2, "full")


def test_it_is_shown_with_its_names() -> None:
    assert repr(Tide(3, "full")) == "Tide(height=3, moon='full', boats=())"
    assert repr(Calm()) == "Calm()"
    assert Tide(3)._asdict() == {"height": 3, "moon": None, "boats": ()}


def test_copies_and_pickles_are_equal_and_of_the_same_class() -> None:
    tide = Tide(3, boats=("Heron",))
    for again in (copy.copy(tide), copy.deepcopy(tide), pickle.loads(pickle.dumps(tide))):  # noqa: S301
        assert again == tide
        assert type(again) is Tide


def test_it_takes_no_more_memory_than_a_tuple() -> None:
    assert not hasattr(Tide(3), "__dict__")
