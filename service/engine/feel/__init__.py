"""FEEL: the one expression language."""
