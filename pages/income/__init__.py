"""What a step does to a client's income, for the client and the worker alike."""
