"""What the tool knows: rules, measures, figures, sources and the catalogue, as shapes; the knowledge itself is in `data`."""
