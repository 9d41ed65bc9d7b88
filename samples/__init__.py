"""A fictional region: scattered source files of firms, persons and agencies, with planted stories and their truth."""

from samples.region import Sample, write_sample

__all__ = ["Sample", "write_sample"]
