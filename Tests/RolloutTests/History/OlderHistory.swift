/// What makes the tables of a history those of an older version, with what they hold.
enum OlderHistory {
  /// Of version 4: a row for each event and each change.
  static let four = """
    CREATE TABLE signalbox.old_event AS SELECT * FROM signalbox.event;
    CREATE TABLE signalbox.old_change AS SELECT * FROM signalbox.change;
    DROP VIEW signalbox.event, signalbox.change;
    DROP TABLE signalbox.record;
    ALTER TABLE signalbox.old_event RENAME TO event;
    ALTER TABLE signalbox.old_change RENAME TO change;
    ALTER TABLE signalbox.event ADD PRIMARY KEY (run_id, seq);
    ALTER TABLE signalbox.change ADD PRIMARY KEY (run_id, migration, seq);
    DELETE FROM signalbox.schema_version WHERE version > 4;
    """

  /// Of version 1: without the changes, and without the statement that is under way.
  static let one =
    four + """
      DROP TABLE signalbox.change;
      ALTER TABLE signalbox.migration DROP COLUMN under_way;
      DELETE FROM signalbox.schema_version WHERE version > 1;
      """
}
