"""Find the parts of a text that its site shows to nobody, or to some readers only."""
