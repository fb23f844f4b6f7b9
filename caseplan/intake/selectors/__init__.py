"""What is read of what stands before a case."""
