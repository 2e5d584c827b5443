"""Lists of objects, as exports and robots write them: JSON and tables."""
