"""What travels: one pydantic model for each thing, unknown fields refused on the way in, an example for each."""
