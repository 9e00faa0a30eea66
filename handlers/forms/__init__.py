"""Reading and checking application forms: readers give boxes (cells, paragraphs), rules look at one box at a time."""
