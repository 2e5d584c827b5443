"""Values are equal, hashed and shown by their fields, as dataclasses are."""

from dataclasses import dataclass

from refeed.value import Value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Tide(Value):
    """A value."""

    height: int
    name: str = "ebb"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Wave(Value):
    """Another one with the same fields."""

    height: int
    name: str = "ebb"


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
