"""What the tool knows: rules, measures, figures, sources and the catalogue, as shapes; it is written in `data`."""
