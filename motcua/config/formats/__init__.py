"""How days and moments are typed and shown in forms, per language: day before month in both."""
