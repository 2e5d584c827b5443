"""From the rows of many records to the articles that go out: which record of each wins, and in what order they come."""
