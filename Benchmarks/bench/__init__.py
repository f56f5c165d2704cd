"""Measures Signalbox beside its peers: `make bench` (Benchmarks/README.md)."""
