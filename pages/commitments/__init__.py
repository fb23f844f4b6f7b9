"""What one body asks of another."""
