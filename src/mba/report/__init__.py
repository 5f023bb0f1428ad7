"""Results to documents: all that is said of a decision."""
