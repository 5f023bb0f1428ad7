"""From a profile to a decision: score, cost, choose, warn."""
