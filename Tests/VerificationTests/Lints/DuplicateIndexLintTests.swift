import Testing
import Verification

@Suite("The lint of indexes that are there twice")
struct DuplicateIndexLintTests {
  @Test("it sees what nobody would miss", arguments: cases)
  func marks(_ example: LintCase) {
    #expect(example.found == example.expected)
  }

  static let cases: [LintCase] = [
    (
      "beside a primary key",
      "CREATE TABLE t (id int PRIMARY KEY); /*! lint.duplicate-index */ CREATE UNIQUE INDEX i ON t (id);"
    ),
    (
      "beside a unique constraint, made first",
      "CREATE TABLE t (a int); /*! lint.duplicate-index */ CREATE INDEX i ON t (a); ALTER TABLE t ADD UNIQUE (a);"
    ),
    (
      "two of one kind",
      "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b); /*! lint.duplicate-index */ CREATE INDEX j ON t (a, b);"
    ),
    (
      "another order of columns",
      "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b); CREATE INDEX j ON t (b, a);"
    ),
    (
      "another condition",
      "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (a) WHERE b > 0;"
    ),
    (
      "another method",
      "CREATE TABLE t (a int[]); CREATE INDEX i ON t (a); CREATE INDEX j ON t USING gin (a);"
    ),
    (
      "a unique one beside a plain one",
      "CREATE TABLE t (a int); CREATE UNIQUE INDEX j ON t (a); /*! lint.duplicate-index */ CREATE INDEX i ON t (a);"
    ),
    (
      "of two tables",
      "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE INDEX i ON t (a); CREATE INDEX j ON u (a);"
    ),
    (
      "of a table that another one gets the name of",
      "CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t RENAME TO u; CREATE TABLE t (a int); CREATE INDEX j ON t (a);"
    ),
    (
      "in a schema that another one gets the name of",
      "CREATE SCHEMA s; CREATE TABLE s.t (a int); CREATE INDEX i ON s.t (a); ALTER SCHEMA s RENAME TO former; CREATE SCHEMA s; CREATE TABLE s.t (a int); CREATE INDEX j ON s.t (a);"
    ),
    (
      "on a column that another one gets the name of",
      "CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t RENAME a TO b; ALTER TABLE t ADD a int; CREATE INDEX j ON t (a);"
    ),
    (
      "of a table and on a column with other names now",
      "CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME TO u; /*! lint.duplicate-index */ CREATE INDEX j ON u (b);"
    ),
    (
      "one that goes again",
      "CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (a); DROP INDEX i;"
    ),
  ].map { LintCase($0.0, $0.1, about: ["lint.duplicate-index"]) }
}
