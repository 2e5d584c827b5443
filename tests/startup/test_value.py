"""Values are equal, hashed and shown by their fields, as dataclasses are."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, replace

import pytest

from refeed.startup.value import Value, dataclass


@dataclass(frozen=True, kw_only=True)
class Tide(Value):
    """A value."""

    height: int
    name: str = "ebb"


@dataclass(frozen=True, kw_only=True)
class Wave(Value):
    """Another one with the same fields."""

    height: int
    name: str = "ebb"


@dataclass(frozen=True, kw_only=True)
class Pier(Value):
    """One that looks at its fields, and has a list of its own."""

    length: int
    boats: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Raise ValueError for a pier that nobody can stand on."""
        if self.length < 1:
            raise ValueError("a pier has a length")


@dataclass(frozen=True, kw_only=True)
class LongPier(Pier):
    """One with a field more."""

    lamps: int


def test_values_of_one_class_are_equal_by_their_fields() -> None:
    assert Tide(height=4) == Tide(height=4, name="ebb")
    assert len({Tide(height=4), Tide(height=4, name="ebb"), Tide(height=5)}) == 2
    assert Tide(height=4) != Tide(height=5)
    assert Tide(height=4) != Tide(height=4, name="flood")


def test_a_value_of_another_class_is_another_value() -> None:
    assert Tide(height=4) != Wave(height=4)
    assert Tide(height=4) != (4, "ebb")


def test_a_value_shows_its_fields_by_name() -> None:
    assert repr(Tide(height=4)) == "Tide(height=4, name='ebb')"


@pytest.mark.parametrize("given", [{}, {"height": 4, "depth": 2}])
def test_a_field_that_is_missing_or_unknown_is_an_error(given: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Tide(**given)  # type: ignore[arg-type]


def test_fields_are_checked_whenever_a_value_is_made() -> None:
    with pytest.raises(ValueError, match="a pier has a length"):
        Pier(length=0)
    with pytest.raises(ValueError, match="a pier has a length"):
        replace(Pier(length=4), length=0)


def test_a_default_that_can_change_is_made_anew() -> None:
    assert Pier(length=1).boats is not Pier(length=1).boats


def test_a_value_may_have_the_fields_of_another_and_more() -> None:
    assert [one.name for one in fields(LongPier)] == ["length", "boats", "lamps"]
    assert asdict(LongPier(length=9, lamps=2)) == {"length": 9, "boats": [], "lamps": 2}


def test_nothing_of_a_value_changes() -> None:
    tide = Tide(height=4)
    for name in ("height", "depth"):
        with pytest.raises(FrozenInstanceError):
            setattr(tide, name, 5)
    with pytest.raises(FrozenInstanceError):
        del tide.name
    assert not hasattr(tide, "__dict__")


def test_copies_and_pickles_are_equal() -> None:
    tide = Tide(height=4, name="flood")
    assert copy.copy(tide) == copy.deepcopy(tide) == pickle.loads(pickle.dumps(tide)) == tide  # noqa: S301


def test_a_value_is_nothing_but_frozen_and_made_by_name() -> None:
    with pytest.raises(TypeError, match="frozen"):
        dataclass(frozen=True, kw_only=True, order=True)
    with pytest.raises(TypeError, match="names of its fields"):
        dataclass(frozen=True)
