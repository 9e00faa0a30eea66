"""The words of the house and its pure rules. Standard library only: no clock, no chance, no input or output."""
