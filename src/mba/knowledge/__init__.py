"""What the tool knows: the shapes of rules, measures, figures, sources and the catalogue; the rest is in `data`."""
