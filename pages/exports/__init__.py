"""Lists taken out as files: why is asked first, and the officer reads it."""
