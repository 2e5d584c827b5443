"""The endpoints: what is answered at each address, and what makes the answers to searches."""
