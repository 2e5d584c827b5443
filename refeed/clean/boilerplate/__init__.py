"""Drop what is around the article: what its page, its publisher and plug-ins put there.

`by_name` looks into the table `names`, `by_wording` into `wordings` and `outlet_wordings`, `by_place` into `endings`;
the other modules recognise one kind each.
"""
