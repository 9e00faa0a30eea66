"""The Chinese manual: its way is walked, and its words are those of the product."""
