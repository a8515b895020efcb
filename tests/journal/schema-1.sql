CREATE TABLE event (
  format INTEGER NOT NULL,
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  time TEXT NOT NULL,
  monotonic INTEGER NOT NULL,
  boot TEXT NOT NULL,
  kind TEXT NOT NULL,
  order_id TEXT,
  account TEXT,
  endpoint TEXT,
  attempt INTEGER,
  status INTEGER,
  fingerprint TEXT,
  digest_name TEXT,
  masked TEXT NOT NULL,
  commitment TEXT NOT NULL,
  sealed_sha256 TEXT NOT NULL,
  prev TEXT NOT NULL,
  digest TEXT NOT NULL,
  sealed BLOB
) STRICT;
CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  service TEXT NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  disputed_at TEXT,
  disputed_reason TEXT,
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL,
  recipient TEXT,
  basis TEXT,
  number_masked TEXT,
  number_find TEXT,
  bank TEXT,
  gateway_id TEXT,
  uuid TEXT,
  gateway_state TEXT,
  paid_amount TEXT,
  fee TEXT,
  credited TEXT,
  partial INTEGER,
  error_code TEXT,
  error_text TEXT,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  ended_at TEXT,
  ended_monotonic REAL,
  ended_boot TEXT,
  asks INTEGER NOT NULL DEFAULT 0,
  asked_at TEXT,
  resolved_at TEXT,
  intended_seq INTEGER
) STRICT;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE draft (name TEXT PRIMARY KEY, sealed BLOB NOT NULL, changed_at TEXT NOT NULL) STRICT;
CREATE TABLE payer (find TEXT PRIMARY KEY, sealed BLOB NOT NULL, used_at TEXT NOT NULL) STRICT;
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  sealed BLOB NOT NULL,
  written_at TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5(recipient, basis, order_id, gateway_id, content='operation', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE INDEX note_by_order ON note (order_id, id);
CREATE INDEX event_by_order ON event (order_id, seq) WHERE order_id IS NOT NULL;
CREATE INDEX event_of_key ON event (fingerprint) WHERE kind = 'key';
CREATE INDEX operation_by_time ON operation (created_at, order_id, state, amount);
CREATE INDEX operation_by_state ON operation (state, created_at, order_id);
CREATE INDEX operation_again ON operation (ended_at) WHERE attempt > 1;
CREATE INDEX operation_by_number ON operation (number_find, amount);
CREATE INDEX operation_by_gateway_id ON operation (gateway_id) WHERE gateway_id IS NOT NULL;
CREATE INDEX operation_by_basis ON operation (basis) WHERE basis IS NOT NULL;
CREATE INDEX operation_disputed ON operation (disputed_at) WHERE disputed_at IS NOT NULL;
