import Migrations
import Testing
import Verification

@Suite("Lints of dependencies, transactions and keys")
struct DependencyLintTests {
  @Test("they see what breaks, and only that", arguments: cases)
  func marks(_ example: LintCase) {
    #expect(example.found == example.expected)
  }

  private static let drop: Set<String> = ["lint.dropped-in-use", "lint.renamed-in-use"]
  private static let transaction: Set<String> = [
    "lint.forbidden-in-transaction", "lint.enum-value-before-commit",
  ]
  private static let key: Set<String> = ["lint.foreign-key-without-index"]

  private static let reader = """
    CREATE TABLE t (a int, b int);
    CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT max(a) FROM t); END $$;
    """

  static let cases: [LintCase] = [
    LintCase(
      "rows that go along",
      "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY REFERENCES t); "
        + "CREATE TABLE v (id int REFERENCES u); CREATE TABLE w (id int);",
      "/*! lint.truncate-cascade */ TRUNCATE t CASCADE;", "TRUNCATE w CASCADE; TRUNCATE t, u, v;",
      about: ["lint.truncate-cascade"]),
    LintCase(
      "a column that a view reads", "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t;",
      "ALTER TABLE t DROP COLUMN b;", "/*! lint.dropped-in-use */ ALTER TABLE t DROP COLUMN a;", about: drop),
    LintCase(
      "a column that a policy reads", "CREATE TABLE t (a int); CREATE POLICY p ON t USING (a > 0);",
      "/*! lint.dropped-in-use */ ALTER TABLE t DROP COLUMN a;", about: drop),
    LintCase(
      "a policy that goes first", "CREATE TABLE t (a int); CREATE POLICY p ON t USING (a > 0);",
      "DROP POLICY p ON t; ALTER TABLE t DROP COLUMN a;", about: drop),
    LintCase(
      "a table with its own policies, triggers and indexes",
      """
      CREATE TABLE t (a int PRIMARY KEY); CREATE POLICY p ON t USING (a > 0);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
      """, "DROP TABLE t; DROP FUNCTION f();", about: drop),
    LintCase(
      "a function that a trigger calls",
      """
      CREATE TABLE t (a int);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
      """, "/*! lint.dropped-in-use */ DROP FUNCTION f();", about: drop),
    LintCase(
      "columns of the row that a trigger function names",
      """
      CREATE TABLE t (id int, role text, "Gone" text, other text, said text);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN /* new.other */ PERFORM NEW.role, 'new.said'; IF old . "Gone" IS NULL THEN RETURN NULL; END IF; RETURN new; END $$;
      CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
      """,
      """
      ALTER TABLE t DROP COLUMN other, DROP COLUMN said;
      /*! lint.renamed-in-use */ ALTER TABLE t RENAME COLUMN role TO kind;
      /*! lint.dropped-in-use */ ALTER TABLE t DROP COLUMN "Gone";
      """, about: drop),
    LintCase(
      "a column of the row that a trigger function names that is replaced, or called no more, or for several tables",
      """
      CREATE TABLE t (a int, b int, c int); CREATE TABLE u (c int);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.a := 1; RETURN NEW; END';
      CREATE TRIGGER f BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
      CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.b := 1; RETURN NEW; END';
      CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
      CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.c := 1; RETURN NEW; END';
      CREATE TRIGGER h BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION h();
      CREATE TRIGGER h BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION h();
      """,
      """
      ALTER TABLE t DROP COLUMN a, DROP COLUMN b, DROP COLUMN c;
      CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      DROP TRIGGER g ON t;
      """, about: drop),
    LintCase(
      "a table that a view reads, with CASCADE", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;",
      "/*! lint.dropped-in-use */ DROP TABLE t CASCADE;", about: drop),
    LintCase(
      "a view that is made again", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;",
      "DROP TABLE t CASCADE; CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t;", about: drop),
    LintCase(
      "a table that a function reads", reader, "/*! lint.dropped-in-use */ DROP TABLE t;", about: drop),
    LintCase(
      "a function that is replaced", reader,
      "DROP TABLE t; CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
      about: drop),
    LintCase(
      "a function that a later file drops", reader, "DROP TABLE t;", "DROP FUNCTION f();", about: drop),
    LintCase(
      "a function that a block drops, or fails to", reader,
      "DROP TABLE t; DO $$ BEGIN DROP FUNCTION IF EXISTS f(); EXCEPTION WHEN OTHERS THEN NULL; END $$;",
      about: drop),
    LintCase(
      "a table that is made again, and dropped for good later", reader,
      "DROP TABLE t; CREATE TABLE t (a int);",
      "/*! lint.dropped-in-use */ DROP TABLE t;", about: drop),
    LintCase("a table that is made again", reader, "DROP TABLE t; CREATE TABLE t (a int);", about: drop),
    LintCase(
      "a rename under a function", reader, "/*! lint.renamed-in-use */ ALTER TABLE t RENAME TO u;",
      about: drop),
    LintCase(
      "a column renamed under a function", reader,
      "/*! lint.renamed-in-use */ ALTER TABLE t RENAME COLUMN a TO c;", about: drop),
    LintCase(
      "a rename under a view, which follows", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;",
      "ALTER TABLE t RENAME TO u;", "ALTER TABLE u RENAME COLUMN a TO b;",
      "/*! lint.dropped-in-use */ DROP TABLE u;", about: drop),

    LintCase(
      "CONCURRENTLY between BEGIN and COMMIT",
      "BEGIN; /*! lint.forbidden-in-transaction */ CREATE INDEX CONCURRENTLY i ON t (a); COMMIT;",
      about: transaction),
    LintCase(
      "CONCURRENTLY in a DO block",
      "/*! lint.forbidden-in-transaction */ DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON t (a); END $$;",
      about: transaction),
    LintCase(
      "CONCURRENTLY beside others",
      "CREATE TABLE u (a int); /*! lint.forbidden-in-transaction */ CREATE INDEX CONCURRENTLY i ON t (a);",
      about: transaction),
    LintCase(
      "CONCURRENTLY behind a COMMIT",
      "BEGIN; SELECT 1; COMMIT; SET lock_timeout = 0; CREATE INDEX CONCURRENTLY i ON t (a);",
      about: transaction),
    LintCase(
      "several of them alone", "CREATE INDEX CONCURRENTLY i ON t (a); CREATE INDEX CONCURRENTLY j ON t (b);",
      about: transaction),
    LintCase(
      "a new enum value that is used at once", "CREATE TYPE e AS ENUM ('a');",
      "/*! lint.enum-value-before-commit */ ALTER TYPE e ADD VALUE 'b'; INSERT INTO t VALUES ('b');",
      about: transaction),
    LintCase(
      "a new enum value that is used elsewhere", "CREATE TYPE e AS ENUM ('a');",
      """
      ALTER TYPE e ADD VALUE 'b';
      ALTER TYPE e ADD VALUE 'c' AFTER 'b';
      CREATE FUNCTION f() RETURNS e LANGUAGE plpgsql AS $$ BEGIN RETURN 'b'; END $$;
      """, "INSERT INTO t VALUES ('b');", about: transaction),
    LintCase(
      "a new enum value that a statement reads through what it runs",
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (e e);",
      """
      CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN UPDATE t SET e = E'b'; END $$;
      /*! lint.enum-value-before-commit */ ALTER TYPE e ADD VALUE 'b'; CALL p();
      """, about: transaction),
    LintCase(
      "a new value of a new type",
      "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b'; INSERT INTO t VALUES ('b');",
      about: transaction),

    LintCase(
      "NULL for a column that forbids it", "CREATE TABLE r (id int PRIMARY KEY);",
      """
      /*! lint.set-null-on-not-null */ CREATE TABLE a (r int NOT NULL REFERENCES r ON DELETE SET NULL);
      /*! lint.set-null-on-not-null */ CREATE TABLE b (r int PRIMARY KEY REFERENCES r ON UPDATE SET NULL);
      /*! lint.set-null-on-not-null */ CREATE TABLE c (r int NOT NULL REFERENCES r ON DELETE SET DEFAULT);
      CREATE TABLE d (r int NOT NULL DEFAULT 0 REFERENCES r ON DELETE SET DEFAULT);
      CREATE TABLE e (r int REFERENCES r ON DELETE SET NULL);
      CREATE TABLE f (r int NOT NULL REFERENCES r ON DELETE CASCADE);
      """, "/*! lint.set-null-on-not-null */ ALTER TABLE e ALTER r SET NOT NULL;",
      about: ["lint.set-null-on-not-null"]),
    LintCase(
      "NULL for one column of two, and for one that may be NULL in the end",
      "CREATE TABLE r (a int, b int, PRIMARY KEY (a, b));",
      """
      CREATE TABLE x (a int NOT NULL, b int, FOREIGN KEY (a, b) REFERENCES r ON DELETE SET NULL (b));
      CREATE TABLE y (a int NOT NULL, b int, FOREIGN KEY (a, b) REFERENCES r ON DELETE SET NULL);
      """, "ALTER TABLE y ALTER a DROP NOT NULL;", about: ["lint.set-null-on-not-null"]),
    LintCase(
      "foreign keys with and without an index",
      """
      CREATE TABLE r (id int PRIMARY KEY);
      /*! lint.foreign-key-without-index */ CREATE TABLE a (r int REFERENCES r);
      CREATE TABLE b (r int UNIQUE REFERENCES r);
      CREATE TABLE c (r int REFERENCES r, d int, PRIMARY KEY (r, d));
      /*! lint.foreign-key-without-index */ CREATE TABLE d (r int REFERENCES r, d int, PRIMARY KEY (d, r));
      CREATE TABLE e (r int REFERENCES r);
      CREATE INDEX ON e (r) WHERE r IS NOT NULL;
      /*! lint.foreign-key-without-index */ CREATE TABLE f (r int REFERENCES r, g bool);
      CREATE INDEX ON f (r) WHERE g;
      CREATE TABLE h (r int REFERENCES r);
      """, "CREATE INDEX CONCURRENTLY ON h (r);", about: key),
    LintCase(
      "an index that goes again", "CREATE TABLE r (id int PRIMARY KEY);",
      "/*! lint.foreign-key-without-index */ CREATE TABLE a (r int REFERENCES r); CREATE INDEX i ON a (r);",
      "DROP INDEX i;", about: key),
    LintCase(
      "a foreign key that goes again", "CREATE TABLE r (id int PRIMARY KEY);",
      "CREATE TABLE a (r int REFERENCES r); ALTER TABLE a DROP CONSTRAINT a_r_fkey;", about: key),
  ]

  @Test("idempotence is asked for only by the project", arguments: [true, false])
  func idempotence(_ isRequired: Bool) {
    let example = LintCase(
      "",
      """
      CREATE TABLE t (a int);
      CREATE TABLE IF NOT EXISTS u (a int);
      DROP POLICY IF EXISTS p ON u;
      CREATE POLICY p ON u USING (true);
      INSERT INTO u VALUES (1);
      """, options: LintOptions(requiresIdempotence: isRequired), about: ["lint.not-idempotent"])
    #expect(
      example.found == (isRequired ? ["001:1 lint.not-idempotent", "001:5 lint.not-idempotent"] : []))
  }
}
