"""The forms of the HTML face, by what they are about. Forms hold no rules."""
