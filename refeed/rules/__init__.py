"""Find rules for the bodies of a source, and show what a rule does to its articles."""
