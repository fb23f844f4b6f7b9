"""The import of register extracts: checked, proposed, confirmed by a second person."""
