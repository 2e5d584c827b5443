"""Read headers that lost a character or more: of a fence, of a key, of an object."""
