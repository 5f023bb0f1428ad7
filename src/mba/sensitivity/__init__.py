"""How sure a decision is, what would change it, and what to find out."""
