"""What is done before a case and to begin one."""
