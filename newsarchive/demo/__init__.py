"""A small newspaper, served on loopback, for the demo and the tests."""
