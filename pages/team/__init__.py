"""The team of a case, and handing a case over."""
