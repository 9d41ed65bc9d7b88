"""What kith tells of its own work: metrics and spans. Nothing of the data goes in, and nothing is loaded unless it is wanted."""
