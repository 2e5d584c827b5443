"""Saved web pages: whether a page is an article, what it states, and where its text is."""
