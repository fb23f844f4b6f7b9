"""The night: its order and the record of each run.

Calls the services of other rooms in order; holds no rule of its own.
"""
