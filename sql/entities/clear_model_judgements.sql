-- Forget what models said before: a new run says it anew. People's verdicts stay.
-- in:    nothing
-- out:   nothing
-- order: none
-- user:  resolution/entity_writes.py
DELETE FROM judgements WHERE "by" LIKE 'model:%'
