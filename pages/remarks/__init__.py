"""What the client says of the plan, steps they propose, and what is answered."""
