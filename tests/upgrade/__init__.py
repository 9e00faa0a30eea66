"""Databases of earlier programs with live cases: every later one must carry them on."""
