"""The worklist of triggers and early signals, their explanations, what is decided on them."""
