"""Who acts for a client: written down and confirmed by workers, read by the client."""
