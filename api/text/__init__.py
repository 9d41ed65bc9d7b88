"""Text for people and from people: made legible, bounded, put into sentences."""
