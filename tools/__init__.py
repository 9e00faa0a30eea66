"""Tools of the house: setting up, running the parts of the tests, lending a PostgreSQL server. Standard library only."""
