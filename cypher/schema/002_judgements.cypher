// The ledger of judgements: what people said of pairs of records. Lines are only ever added; an undo is a line too.
CREATE CONSTRAINT ledger_id IF NOT EXISTS FOR (n:LedgerEntry) REQUIRE n.id IS UNIQUE;
CREATE INDEX ledger_left_id IF NOT EXISTS FOR (n:LedgerEntry) ON (n.left_id);
CREATE INDEX ledger_right_id IF NOT EXISTS FOR (n:LedgerEntry) ON (n.right_id);
CREATE INDEX ledger_occasion IF NOT EXISTS FOR (n:LedgerEntry) ON (n.occasion);
CREATE INDEX ledger_undoes IF NOT EXISTS FOR (n:LedgerEntry) ON (n.undoes);
CREATE INDEX judgement_left_id IF NOT EXISTS FOR (n:Judgement) ON (n.left_id);
CREATE INDEX judgement_right_id IF NOT EXISTS FOR (n:Judgement) ON (n.right_id);
