"""What the command line does, a file for each group of commands; ``service/cli.py`` names them."""
