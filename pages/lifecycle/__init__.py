"""A case from referral to ending: start, hold, ending, reopening."""
