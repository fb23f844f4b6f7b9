"""What somebody has begun to write and not saved."""
