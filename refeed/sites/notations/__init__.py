"""Read files of settings as nested tables of texts, in whatever notation they are written; nothing is executed."""
