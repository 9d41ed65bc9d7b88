// The packed state of the signals, in pieces.
// in:    nothing
// out:   name STRING, part INTEGER, content STRING
// order: name, part; all rows
// user:  graph/pipeline.py
MATCH (n:SignalState)
RETURN n.name AS name, n.part AS part, n.content AS content
ORDER BY name, part
