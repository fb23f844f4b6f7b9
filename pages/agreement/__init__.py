"""A plan is proposed, answered, settled and reviewed; its versions."""
