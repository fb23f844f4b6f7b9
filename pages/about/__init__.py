"""What the system is, and what each body records: open to all."""
