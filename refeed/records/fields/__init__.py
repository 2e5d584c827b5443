"""Choose the values of a record's fields: its authors, its languages, its categories, its files."""
