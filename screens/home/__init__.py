"""Home: the next step, the weeks, the first start."""
