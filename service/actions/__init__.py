"""See the map in service/__init__.py."""
