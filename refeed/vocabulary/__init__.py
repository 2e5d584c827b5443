"""The keys that headers and objects use, what each states, the shapes of their values; codes of languages."""
