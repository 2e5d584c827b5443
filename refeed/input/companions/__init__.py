"""Posts of which another file says more: a table, an index, the settings of a book, the rest of a long text."""
