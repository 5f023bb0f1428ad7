"""Make, buy, share or ally: how a health commissioner should run each support function."""

__version__ = "0.2.0"
