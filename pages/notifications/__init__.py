"""How somebody who works or is served here is told of what waits for them."""
