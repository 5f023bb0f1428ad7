"""Knowledge as data: rules, sources and the catalogue, each row with its source."""
