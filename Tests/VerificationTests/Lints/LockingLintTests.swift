import Migrations
import Testing
import Verification

@Suite("Lints of locks")
struct LockingLintTests {
  @Test("they see what blocks a table in use, and only that", arguments: cases)
  func marks(_ example: LintCase) {
    #expect(example.found == example.expected)
  }

  static let about: Set<String> = [
    "lint.index-without-concurrently", "lint.constraint-validated-at-once", "lint.type-change-rewrites",
    "lint.not-null-scans", "lint.column-without-default", "lint.volatile-default",
    "lint.lock-held-during-scan",
  ]

  static let cases: [LintCase] = [
    LintCase(
      "a table written anew", "CREATE UNLOGGED TABLE t (a int);",
      "/*! lint.table-rewritten */ ALTER TABLE t SET LOGGED;", "/*! lint.table-rewritten */ VACUUM FULL t;",
      "VACUUM t;"),
    LintCase(
      "a new table written anew", "CREATE UNLOGGED TABLE t (a int); ALTER TABLE t SET LOGGED;"),
    LintCase(
      "an index on a table of an earlier file", "CREATE TABLE t (a int);",
      "/*! lint.index-without-concurrently */ CREATE INDEX i ON t (a);"),
    LintCase(
      "an index on a table that no file makes",
      "/*! lint.index-without-concurrently */ CREATE INDEX i ON t (a);"),
    LintCase("an index on a table of the same file", "CREATE TABLE t (a int); CREATE INDEX i ON t (a);"),
    LintCase(
      "an index built concurrently", "CREATE TABLE t (a int);", "CREATE INDEX CONCURRENTLY i ON t (a);"),
    LintCase(
      "an index that is there already", "CREATE TABLE t (a int); CREATE INDEX i ON t (a);",
      "CREATE INDEX IF NOT EXISTS i ON t (a);"),
    LintCase(
      "a table that the file only makes if it is not there", "CREATE TABLE t (a int);",
      """
      CREATE TABLE IF NOT EXISTS t (a int);
      /*! lint.index-without-concurrently */ CREATE INDEX i ON t (a);
      """),
    LintCase(
      "an index in a DO block", "CREATE TABLE t (a int);",
      """
      /*! lint.index-without-concurrently */ DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'i') THEN CREATE INDEX i ON t (a); END IF;
      END $$;
      """),
    LintCase(
      "an index on a renamed table", "CREATE TABLE old (a int);",
      """
      ALTER TABLE old RENAME TO new;
      /*! lint.index-without-concurrently lint.lock-held-during-scan */ CREATE INDEX i ON new (a);
      """),
    LintCase(
      "constraints checked at once", "CREATE TABLE t (a int, b int); CREATE TABLE r (id int PRIMARY KEY);",
      "/*! lint.constraint-validated-at-once */ ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);",
      "/*! lint.constraint-validated-at-once */ ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r;",
      "/*! lint.constraint-validated-at-once */ ALTER TABLE t ADD CONSTRAINT u UNIQUE (b);",
      "/*! lint.constraint-validated-at-once */ ALTER TABLE t ADD PRIMARY KEY (a);",
      "/*! lint.constraint-validated-at-once */ ALTER TABLE t ADD EXCLUDE USING btree (b WITH =);"),
    LintCase(
      "constraints checked later", "CREATE TABLE t (a int, b int); CREATE TABLE r (id int PRIMARY KEY);",
      "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
      "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r NOT VALID;",
      "ALTER TABLE t VALIDATE CONSTRAINT c;", "CREATE UNIQUE INDEX CONCURRENTLY u ON t (b);",
      "ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX u;"),
    LintCase(
      "constraints of a new table", "CREATE TABLE r (id int PRIMARY KEY);",
      """
      CREATE TABLE t (a int REFERENCES r, b int UNIQUE CHECK (b > 0));
      ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r;
      """),
    LintCase(
      "a reference of a new, empty column", "CREATE TABLE t (a int); CREATE TABLE r (id int PRIMARY KEY);",
      "ALTER TABLE t ADD COLUMN r int REFERENCES r;",
      "/*! lint.constraint-validated-at-once */ ALTER TABLE t ADD COLUMN s int DEFAULT 1 REFERENCES r;",
      "/*! lint.constraint-validated-at-once */ ALTER TABLE t ADD COLUMN u int, ADD FOREIGN KEY (u) REFERENCES r;"
    ),
    LintCase(
      "a type change that rewrites", "CREATE TABLE t (a int);",
      "/*! lint.type-change-rewrites */ ALTER TABLE t ALTER COLUMN a TYPE bigint;"),
    LintCase(
      "a type change that only an earlier file shows to be harmless", "CREATE TABLE t (a varchar(50));",
      "ALTER TABLE t ALTER COLUMN a TYPE text;", "ALTER TABLE t ALTER COLUMN a TYPE varchar;"),
    LintCase(
      "a type change back", "CREATE TABLE t (a varchar(50));", "ALTER TABLE t ALTER COLUMN a TYPE text;",
      "/*! lint.type-change-rewrites */ ALTER TABLE t ALTER COLUMN a TYPE varchar(50);"),
    LintCase(
      "SET NOT NULL", "CREATE TABLE t (a int);",
      "/*! lint.not-null-scans */ ALTER TABLE t ALTER COLUMN a SET NOT NULL;",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;"),
    LintCase(
      "SET NOT NULL behind a check of an earlier file", "CREATE TABLE t (a int);",
      "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;",
      "ALTER TABLE t VALIDATE CONSTRAINT c;", "ALTER TABLE t ALTER COLUMN a SET NOT NULL;"),
    LintCase(
      "SET NOT NULL behind a check that was never validated", "CREATE TABLE t (a int);",
      "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;",
      "/*! lint.not-null-scans */ ALTER TABLE t ALTER COLUMN a SET NOT NULL;"),
    LintCase(
      "new columns", "CREATE TABLE t (a int);",
      "/*! lint.column-without-default */ ALTER TABLE t ADD COLUMN b int NOT NULL;",
      "ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 0, ADD COLUMN d timestamptz DEFAULT now();",
      "/*! lint.volatile-default */ ALTER TABLE t ADD COLUMN e uuid DEFAULT gen_random_uuid();",
      "/*! lint.volatile-default */ ALTER TABLE t ADD COLUMN f bigint GENERATED ALWAYS AS IDENTITY;",
      "/*! lint.volatile-default */ ALTER TABLE t ADD COLUMN g int GENERATED ALWAYS AS (a + 1) STORED;",
      "ALTER TABLE t ADD COLUMN IF NOT EXISTS b int NOT NULL;"),
    LintCase(
      "a new column of a table that is emptied before", "CREATE TABLE t (a int);",
      "DELETE FROM t; ALTER TABLE t ADD COLUMN b int NOT NULL;",
      "TRUNCATE t; ALTER TABLE t ADD COLUMN c int NOT NULL;",
      "DELETE FROM t WHERE a = 1; /*! lint.column-without-default */ ALTER TABLE t ADD COLUMN d int NOT NULL;",
      about: ["lint.column-without-default"]),
    LintCase(
      "a lock held behind which nothing but a COMMIT follows",
      "CREATE TABLE t (a int); CREATE TABLE s (a int);",
      "ALTER TABLE t ADD COLUMN b int; /*! lint.lock-held-during-scan */ UPDATE s SET a = 1; COMMIT;"),
    LintCase(
      "new columns of a new table",
      "CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN b uuid NOT NULL DEFAULT gen_random_uuid();"),
    LintCase(
      "a lock held while a later statement scans", "CREATE TABLE t (a int); CREATE TABLE s (a int);",
      """
      ALTER TABLE t ADD COLUMN b int;
      /*! lint.lock-held-during-scan */ UPDATE s SET a = 1;
      UPDATE t SET b = 1;
      """),
    LintCase(
      "a lock given back before", "CREATE TABLE t (a int); CREATE TABLE s (a int);",
      "BEGIN; ALTER TABLE t ADD COLUMN b int; COMMIT; UPDATE s SET a = 1;"),
    LintCase(
      "a lock on a new table", "CREATE TABLE s (a int);",
      "CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN b int; UPDATE s SET a = 1;"),
    LintCase(
      "a constraint validated in the transaction that adds it", "CREATE TABLE t (a int);",
      """
      ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
      /*! lint.lock-held-during-scan */ ALTER TABLE t VALIDATE CONSTRAINT c;
      """),
  ].map { example in
    var example = example
    example.about = about
    return example
  }

  @Test(
    "size decides how bad it is",
    arguments: [
      (2, nil), (9_999, nil), (10_000, .warning), (999_999, .warning), (20_000_000, .failure),
    ] as [(Double, Finding.Severity?)])
  func size(_ rows: Double, _ severity: Finding.Severity?) {
    let findings = Linter(target: database("t", rows: rows)).findings(
      in: lintProject(["CREATE INDEX i ON t (a);"], platform: .none))
    #expect(findings.map(\.severity) == [severity].compactMap { $0 })
  }

  @Test("a table that was never analysed is judged by its bytes")
  func bytes() {
    let project = lintProject(["CREATE INDEX i ON t (a);"], platform: .none)
    func severities(_ bytes: Int) -> [Finding.Severity] {
      Linter(target: database("t", rows: nil, bytes: bytes)).findings(in: project).map(\.severity)
    }
    #expect(severities(8192) == [])
    #expect(severities(50_000_000) == [.warning])
    #expect(severities(5_000_000_000) == [.failure])
  }

  @Test("what an applied migration locked is history")
  func applied() {
    let files = ["CREATE TABLE t (a int);", "CREATE INDEX i ON t (a);", "CREATE INDEX j ON t ((a + 1));"]
    let target = database("t", rows: 20_000_000, applied: ["001", "002"])
    let findings = Linter(target: target).findings(in: lintProject(files, platform: .none))
    #expect(findings.map(\.migration) == ["003"])
    #expect(findings.first?.message.contains("about 20 million rows") ?? false)
  }

  @Test("the advice is the SQL to write instead")
  func advice() {
    let findings = LintCase("", "CREATE UNIQUE INDEX i ON public.t (lower(a)) WHERE b > 0;").findings
    #expect(
      findings.first?.advice
        == "In a migration of its own: CREATE UNIQUE INDEX CONCURRENTLY i ON public.t USING btree (lower(a)) "
        + "WHERE (b > 0);")
  }
}
