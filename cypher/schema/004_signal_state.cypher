// What the signals were when they were last computed, packed: a later run takes them up instead of beginning anew.
CREATE CONSTRAINT signalstate_key IF NOT EXISTS FOR (n:SignalState) REQUIRE (n.name, n.part) IS UNIQUE;
