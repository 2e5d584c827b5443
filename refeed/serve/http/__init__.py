"""What HTTP asks of any server: headers, conditions, codings, addresses, limits on what a client can take up."""
