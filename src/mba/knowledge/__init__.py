"""What the tool knows: rules, measures, figures, sources and the catalogue, as shapes.

The knowledge itself is in `data`.
"""
