"""Systems of the bodies that read by themselves: registered, decided, ended, and what they read."""
