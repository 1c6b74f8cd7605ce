"""The recap that ends a weekly session."""
