import Migrations
import TestServer
import Testing

@Suite("Prisma schemas and tables with other names")
struct PrismaRenameTests {
  @Test(
    "indexes and foreign keys of a table that files rename are those of the model",
    arguments: [
      "ALTER TABLE old RENAME TO fresh",
      "ALTER TABLE IF EXISTS old RENAME TO fresh",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'old') THEN
        ALTER TABLE IF EXISTS old RENAME TO fresh; END IF; END $$
      """,
      """
      DO $$ DECLARE t record; BEGIN FOR t IN SELECT * FROM (VALUES ('old', 'fresh')) AS v(a, b) LOOP
        EXECUTE format('ALTER TABLE IF EXISTS %I RENAME TO %I', t.a, t.b); END LOOP; END $$
      """,
    ])
  func renamed(text: String) async throws {
    let tables = """
      CREATE TABLE old (id int PRIMARY KEY, name text); CREATE INDEX old_name ON old (name);
      CREATE TABLE child (id int PRIMARY KEY, old_id int REFERENCES old (id)); CREATE INDEX child_old ON child (old_id)
      """
    try await DriftTrial.with([(name: "001_tables", text: tables), (name: "002_rename", text: text)]) {
      trial in
      let found = try await trial.lines(on: Self.schema)
      #expect(found == [])
      let without = try await trial.lines(on: Self.schema, after: "DROP INDEX old_name")
      #expect(without == ["prisma.index failure index public.old_name 8:3: (name) | - | ="])
    }
  }

  private static let schema = """
    datasource db {
      provider = "postgresql"
      url = env("DATABASE_URL")
    }
    model fresh {
      id Int @id(map: "old_pkey")
      name String?
      @@index([name], map: "old_name")
      children child[]
    }
    model child {
      id Int @id
      old_id Int?
      parent fresh? @relation(fields: [old_id], references: [id], onDelete: NoAction, onUpdate: NoAction)
      @@index([old_id], map: "child_old")
    }
    """
}
