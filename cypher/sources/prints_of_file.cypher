// The prints of the rows of a source's last delivery, in parts of one text.
// in:    $file_id STRING
// out:   part INTEGER, content STRING
// order: part; all rows
// user:  resolution/sources/row_prints.py
MATCH (n:SourcePrints {file_id: $file_id})
RETURN n.part AS part, n.content AS content
ORDER BY part
