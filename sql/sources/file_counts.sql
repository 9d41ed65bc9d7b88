-- How many statements of each table came from one file.
-- in:    $file_id STRING
-- out:   records INTEGER, links INTEGER, listings INTEGER, recognitions INTEGER, experiences INTEGER
-- order: records; one row
-- user:  resolution/sources/unloading.py
SELECT
  (SELECT count(*) FROM records WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$') AS records,
  (SELECT count(*) FROM links WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$') AS links,
  (SELECT count(*) FROM listings WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$') AS listings,
  (SELECT count(*) FROM recognitions WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$') AS recognitions,
  (SELECT count(*) FROM experiences WHERE row_id >= :file_id || '#' AND row_id < :file_id || '$') AS experiences
ORDER BY records
