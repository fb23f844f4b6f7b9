"""What the registers say of the client, shown to them."""
