"""The entry of one article: from its records to what the outputs write, and its packed form."""
