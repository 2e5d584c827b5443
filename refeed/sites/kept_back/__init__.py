"""What a site keeps back: files and folders that its settings or its sections do not publish."""
