"""Speed and accuracy, measured; imports anything, nobody imports it."""
