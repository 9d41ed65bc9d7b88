"""What one input may cost, in one place: every door looks here before it opens anything.

Each bound leaves room for what people send and keeps one input below a gigabyte of memory and half a minute beyond its fair
time. An error that comes of one names the limit, the file and what to do. docs/decisions/0051
"""

LINE_BYTES_MAX = 1 << 20
"""Longest line, element of a JSON list or of an XML file, or row of a Parquet file (`--line-bytes-max`)."""
LINE_BYTES_ALLOWED = 1 << 26
"""What it may be raised to."""
DOCUMENT_BYTES_MAX = 1 << 27
"""Largest JSON object read whole, in characters: as Python objects it takes several times as much."""
DOCUMENT_BYTES_ALLOWED = 1 << 30
"""What a mapping may raise it to."""
JSON_VALUES_MAX = 5_000_000
"""Values of a JSON object read whole: an empty list of two letters takes 56 bytes."""
DEPTH_MAX = 100
"""Levels of JSON, YAML or XML within one another. The deepest public format known, BODS, has seven."""
NUMBER_LENGTH_MAX = 1000
"""Digits of one number in JSON: turning text into a number takes quadratic time."""
CELL_LENGTH_MAX = 300
"""Letters of a cell that is to be an amount, a day, a share or a country."""

AMOUNT_MAX = 1e24
"""Of money in any currency; a billion such lines still add up to a number."""

WORKBOOK_BYTES_MAX = 1 << 29
"""A workbook unpacked. A million rows of ten columns take 400 MB."""
WORKBOOK_PARTS_MAX = 10_000
"""Files within a workbook; one of a hundred sheets has some 300."""
WORKBOOK_RATIO_MAX = 300
"""Bytes a packed one of a workbook may unpack to, beyond `WORKBOOK_RATIO_FROM`; sheets of equal rows reach 100."""
WORKBOOK_RATIO_FROM = 1 << 24
"""Small workbooks may be of any ratio: they cost nothing."""
CELLS_MAX = 10_000_000
"""Cells of a sheet, the empty ones between filled ones too: they are laid out as a table of 32 bytes a cell."""
LIST_BYTES_MAX, LIST_CELLS_MAX = 1 << 26, 1_000_000
"""The same of a list of suppliers, which somebody waits for: ten thousand rows of a hundred columns."""
WORKBOOK_TEXT_MAX = 1 << 28
"""Letters in all cells of a sheet: a text that cells share is copied for each."""

PARQUET_ROWS_FREE, PARQUET_ROWS_PER_BYTE = 100_000, 20
"""Rows that a Parquet file may declare, and how many more for each of its bytes: a constant column costs none."""
PARQUET_VALUES_PER_BYTE = 400
"""Values of one column, for each byte of the file, where cells hold lists."""
PARQUET_MEMORY_MAX = 1 << 29
"""Bytes the process that reads a Parquet file may take beyond its libraries; where the system does not bound it, twice that."""
PARQUET_COLUMNS_MAX = 10_000
"""Columns of a Parquet file: each has buffers of its own."""

YAML_BYTES_MAX = 1 << 20
"""A mapping or a rulebook; the largest that comes with kith has 40 kB."""
YAML_NODES_MAX = 30_000
"""Its keys, values and lists with all aliases and merges written out; the largest that comes with kith has 4,000."""
SMALL_FILE_BYTES_MAX = 1 << 26
"""Files that are read whole: supplier lists, records, models, lists of names."""
