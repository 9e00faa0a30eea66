"""DMN decision tables over our FEEL."""
