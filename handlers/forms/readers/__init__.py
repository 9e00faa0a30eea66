"""One reader a format: bytes in, boxes out."""
