"""Project: a release becomes what one group of readers may see; then the built files are audited."""
