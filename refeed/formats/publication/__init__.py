"""What headers say about who may read an article, and when."""
