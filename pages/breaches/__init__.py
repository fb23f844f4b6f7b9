"""What one account was shown, the record of a breach, and the letters that tell of it."""
