"""Where assessments conflict, and how a goal is progressing."""
