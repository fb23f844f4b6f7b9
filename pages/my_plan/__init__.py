"""The client's own side: what to do next, the plan, each step of it, and the doors to the rest."""
