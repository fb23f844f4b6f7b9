"""What the installation lacks before its first client, and letters tried."""
