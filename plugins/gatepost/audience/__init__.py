"""Project: what one group of readers may see of a release; then the built files are audited."""
