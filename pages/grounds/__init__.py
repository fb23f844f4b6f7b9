"""The legal grounds by which bodies see information."""
