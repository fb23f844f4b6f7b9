"""The pages of somebody outside the three bodies: what a client has opened to them."""
