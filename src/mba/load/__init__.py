"""YAML to checked models, or every problem with its file, line and column."""
