"""The goals, actions and services of the plan."""
