-- Of which tables the store holds statements of a dataset.
-- in:    $dataset STRING
-- out:   records BOOLEAN, links BOOLEAN, listings BOOLEAN, recognitions BOOLEAN, experiences BOOLEAN
-- order: records; one row
-- user:  resolution/sources/shared_statements.py
SELECT
  EXISTS (SELECT 1 FROM records WHERE id >= :dataset || ':' AND id < :dataset || ';') AS records,
  EXISTS (SELECT 1 FROM links WHERE id >= :dataset || ':' AND id < :dataset || ';') AS links,
  EXISTS (SELECT 1 FROM listings WHERE id >= :dataset || ':' AND id < :dataset || ';') AS listings,
  EXISTS (SELECT 1 FROM recognitions WHERE id >= :dataset || ':' AND id < :dataset || ';') AS recognitions,
  EXISTS (SELECT 1 FROM experiences WHERE id >= :dataset || ':' AND id < :dataset || ';') AS experiences
ORDER BY records
