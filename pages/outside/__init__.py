"""What somebody outside the three bodies sees: an invitation, and what is shared with them."""
