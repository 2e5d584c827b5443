"""From a file to its records, from a record to what it means, and from many records to a selection."""
