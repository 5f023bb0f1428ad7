"""What changed from one decision to another, and why."""
