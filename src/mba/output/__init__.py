"""How what is said leaves the program: formats, endings, files, streams and progress."""
