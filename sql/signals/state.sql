-- The packed state of the signals, in pieces.
-- in:    nothing
-- out:   name STRING, part INTEGER, content STRING
-- order: name, part; all rows
-- user:  graph/pipeline.py
SELECT name, part, content FROM signal_state ORDER BY name, part
