"""How an office holds its meetings."""
