"""The endpoints: what is answered at each address."""
