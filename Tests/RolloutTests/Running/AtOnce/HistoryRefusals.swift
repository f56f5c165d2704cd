import Migrations

/// What makes the history refuse a migration's row.
enum HistoryRefusals {
  /// At once.
  static func row(of migration: MigrationID, saying words: String) -> String {
    """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.id = '\(migration.rawValue)' THEN RAISE EXCEPTION '\(words)'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON signalbox.migration FOR EACH ROW EXECUTE FUNCTION public.refuse();
    """
  }

  /// When it is committed.
  static func commit(of migration: MigrationID, saying words: String) -> String {
    """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '\(words)'; END $$;
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON signalbox.migration DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.id = '\(migration.rawValue)') EXECUTE FUNCTION public.refuse();
    """
  }
}
