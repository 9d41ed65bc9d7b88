"""Recounting the weights of a model from what people said and a truth they give. Nothing is applied by itself."""
