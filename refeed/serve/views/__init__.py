"""What people are shown: pages, and the lists and searches that their addresses describe."""
