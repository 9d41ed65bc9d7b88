"""kith: who are you dealing with, and who says so?"""
