"""What the history of a git work tree says of its files: git is run as a program, and only if it is asked for."""
