"""The keys that headers and objects use, what each states, the shapes of their values, and codes of languages."""
