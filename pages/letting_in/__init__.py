"""Who is known to their body's directory and asks to be let in; whoever lets in answers."""
