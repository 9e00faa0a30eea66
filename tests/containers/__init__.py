"""What the image and the composition start, started here: without Docker, and without a network."""
