"""Plain text: characters, lines, sentences and languages. Nothing here knows HTML."""
