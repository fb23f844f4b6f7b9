"""Finding a case, asking to see it, opening it in an emergency."""
