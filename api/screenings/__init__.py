"""Screenings: a list of suppliers in, a result with its reasons for each row out."""
