"""What is done with a thing in the row where it stands, on whichever page that is."""
