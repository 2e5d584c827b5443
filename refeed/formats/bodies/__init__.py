"""Bodies in markup that is neither Markdown nor HTML, made one of the two."""
