"""The words every other package speaks; imports pydantic and yaml only."""
