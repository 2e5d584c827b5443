"""What keeps the start short: of modules, patterns and classes only those are loaded or made that a run needs."""
