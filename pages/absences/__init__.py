"""Who answers for whom while they are away."""
