"""Bytes in: the HTTP exchange, taken from the wire."""
