"""The first page of each: a worker's day; everybody else is sent on to theirs."""
