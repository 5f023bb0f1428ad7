"""Results to documents, and documents to text."""
