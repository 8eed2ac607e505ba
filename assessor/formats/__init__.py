"""One file a format: bytes in, domain values out, and back, with every problem named on the way."""
