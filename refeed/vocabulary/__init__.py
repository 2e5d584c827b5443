"""The keys that headers and objects use, what each of them states, and the shapes of their values."""
