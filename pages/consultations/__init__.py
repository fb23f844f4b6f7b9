"""One office asks another about nobody in particular, and is answered."""
