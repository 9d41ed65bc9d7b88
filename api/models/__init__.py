"""The weights of a match model: shown, measured against a truth, and learned anew."""
