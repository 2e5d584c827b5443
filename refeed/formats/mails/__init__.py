"""Mail: its headers, its text, and whether it is a newsletter."""
