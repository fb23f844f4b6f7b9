"""Plan templates of a body, and filling a plan from one."""
