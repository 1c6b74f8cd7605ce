"""Interview questions asked again at growing intervals, and the proofs that answer them."""
