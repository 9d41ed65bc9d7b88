"""Faults at random moments: kill -9 and full disks, over every step that writes, on either engine."""
