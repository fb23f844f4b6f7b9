"""Tests run against real parts: PostgreSQL, Valkey, and in the journeys the whole system."""

import os
import sys

# What is compiled is kept, also where a machine would not have it so: else each run, and each
# program that a test starts, compiles the house anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
