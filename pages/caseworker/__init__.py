"""The pages of the three bodies' caseworkers."""
