"""What notebooks of Jupyter hold: their cells, what they show of these, and their header."""
