"""A person's word on whether records are one party: the queue, verdicts, what they change, and why records match."""
