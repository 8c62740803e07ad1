"""Measurements that compare ways of doing a thing, on data that the project does not ship: `python -m benchmarks.NAME`."""
