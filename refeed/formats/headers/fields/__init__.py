"""Read headers that are no front matter: fields as generators and other markup have them."""
