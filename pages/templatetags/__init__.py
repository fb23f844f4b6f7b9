"""Tags of the pages that say words of the domain, or know where a page is."""
