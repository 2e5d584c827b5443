"""Read Jupyter notebooks: their cells, what these show, and their header."""
