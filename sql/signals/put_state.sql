-- Pieces of the packed state.
-- batch: name STRING, part INTEGER, content STRING
-- out:   nothing
-- order: none
-- user:  graph/pipeline.py
INSERT INTO signal_state (
  name, part, content
) VALUES (
  :name, :part, :content
) ON CONFLICT (name, part) DO UPDATE SET content = excluded.content
