"""Networks, their municipalities and offices: kept by whoever keeps the organisation."""
