"""The JSON face, version 1: read-only for now. Serializers and views; no rules."""
