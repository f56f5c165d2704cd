import Schema
import Testing

@testable import Prisma

@Suite("The database that a Prisma schema describes")
struct DatabaseMappingTests {
  private func database(
    _ text: String, source: String = "provider = \"postgresql\""
  ) throws -> PrismaDatabase {
    try PrismaSchema([
      PrismaSchema.File(name: "a.prisma", text: "datasource db {\n\(source)\n}\n"),
      PrismaSchema.File(name: "b.prisma", text: text),
    ]).database
  }

  @Test("each scalar type has its column type")
  func scalars() throws {
    let table = try database(
      """
      model All {
        a String @id
        b Boolean
        c Int
        d BigInt
        e Float
        f Decimal
        g DateTime
        h Json
        i Bytes
        j String[]
        k Unsupported("tsvector")
      }
      """
    ).tables[0]
    #expect(
      table.columns.map(\.type) == [
        "text", "boolean", "integer", "bigint", "double precision", "numeric(65,30)",
        "timestamp(3) without time zone", "jsonb", "bytea", "text[]", "tsvector",
      ])
    #expect(table.columns.map(\.isNullable).last == false)
    #expect(table.columns[9].isNullable == nil)
  }

  @Test("each native type has its column type, and harmless spellings of it are one")
  func natives() throws {
    let table = try database(
      """
      model All {
        id String @id @db.Uuid
        a String @db.VarChar(20)
        b String @db.Char(2)
        c Decimal @db.Decimal(10, 2)
        d DateTime @db.Timestamptz(6)
        e DateTime @db.Timestamp(0)
        f DateTime @db.Date
        g Int @db.SmallInt
        h Float @db.Real
        i Json @db.Json
        j String @db.Bit
        k String @db.Citext
        l DateTime @db.Time(6)
      }
      """
    ).tables[0]
    let live = [
      "uuid", "character varying(20)", "character(2)", "numeric(10,2)", "timestamp with time zone",
      "timestamp(0) without time zone", "date", "smallint", "real", "json", "bit(1)", "extensions.citext",
      "time without time zone",
    ]
    for (column, type) in zip(table.columns, live) {
      #expect(column.isOfType(type), "\(column.field): \(column.type) and \(type)")
    }
    #expect(!table.columns[1].isOfType("character varying(21)"))
    #expect(!table.columns[4].isOfType("timestamp(3) with time zone"))
    #expect(!table.columns[4].isOfType("timestamp without time zone"))
  }

  @Test("defaults are those of the database, those of the client are none")
  func defaults() throws {
    let table = try database(
      """
      enum Role {
        user
        admin @map("administrator")
      }
      model All {
        id Int @id @default(autoincrement())
        a String @default(uuid(7))
        b String @default("it's")
        c Boolean @default(true)
        d DateTime @default(now())
        e DateTime @updatedAt
        f Role @default(admin)
        g String[] @default(["x", "y"])
        h String @default(dbgenerated("gen_random_uuid()"))
        i String @default(dbgenerated())
        j Json @default("{}")
        k Int @default(-3)
        l Int
      }
      """
    ).tables[0]
    #expect(
      table.columns.map(\.defaultValue) == [
        .sequence, .client("uuid(7)"), .expression("'it''s'"), .expression("true"), .currentTime,
        .client("@updatedAt"), .expression("'administrator'"), .expression("ARRAY['x', 'y']::text[]"),
        .expression("gen_random_uuid()"), .something, .expression("'{}'"), .expression("-3"), .none,
      ])
    #expect(table.columns[6].type == "public.role" || table.columns[6].type == "public.\"Role\"")
  }

  @Test("keys and indexes are named as Prisma names them, in the words of the database")
  func names() throws {
    let table = try database(
      """
      model Visit {
        id Int @id
        userId Int @map("user_id") @unique
        at DateTime
        page String
        @@unique([userId, at(sort: Desc)])
        @@unique([page], map: "one_page")
        @@index([userId, page])
        @@index([page(ops: raw("gin_trgm_ops"))], type: Gin, map: "by_page")
        @@index([at], where: { page: { not: null } })
        @@map("visits")
      }
      """
    ).tables[0]
    #expect(table.identity == .table("public", "visits"))
    #expect(table.primaryKey?.name == "visits_pkey")
    #expect(table.uniques.map(\.name) == ["visits_user_id_key", "visits_user_id_at_key", "one_page"])
    #expect(table.uniques[1].keys.map(\.isDescending) == [false, true])
    #expect(table.indexes.map(\.name) == ["visits_user_id_page_idx", "by_page", "visits_at_idx"])
    #expect(table.indexes[1].method == "gin")
    #expect(table.indexes[1].keys[0].operatorClass == "gin_trgm_ops")
    #expect(table.indexes[2].predicate == "\"page\" IS NOT NULL")
  }

  @Test("long names are cut before the suffix, at 63 bytes and at a character's boundary")
  func longNames() {
    let long = String(repeating: "a", count: 70)
    #expect(ConstraintNames.primaryKey(long).utf8.count == 63)
    #expect(ConstraintNames.primaryKey(long).hasSuffix("a_pkey"))
    #expect(ConstraintNames.unique("t", [long]) == "t_" + String(repeating: "a", count: 57) + "_key")
    let wide = String(repeating: "\u{E9}", count: 40)
    #expect(ConstraintNames.index("t", [wide]).utf8.count <= 63)
    #expect(ConstraintNames.index("t", [wide]).hasSuffix("\u{E9}_idx"))
    #expect(
      ConstraintNames.unique("relationships", ["userId", "sourceFile", "targetFile", "relationType"])
        == "relationships_userId_sourceFile_targetFile_relationType_key")
  }

  @Test("relations are foreign keys; who may be absent is set to NULL, who is needed restricts")
  func relations() throws {
    let text = """
      model User {
        id Int @id
        posts Post[] @relation("author")
        edits Post[] @relation("editor")
      }
      model Post {
        id Int @id
        authorId Int
        editorId Int? @map("editor")
        author User @relation("author", fields: [authorId], references: [id])
        editor User? @relation("editor", fields: [editorId], references: [id], onUpdate: NoAction, map: "fk")
      }
      """
    let keys = try database(text).tables[1].foreignKeys
    #expect(keys.map(\.name) == ["Post_authorId_fkey", "fk"])
    #expect(keys.map(\.columns) == [["authorId"], ["editor"]])
    #expect(keys.map(\.onDelete) == ["RESTRICT", "SET NULL"])
    #expect(keys.map(\.onUpdate) == ["CASCADE", "NO ACTION"])
    #expect(keys.map(\.table) == [.table("public", "User"), .table("public", "User")])
    let emulated = try database(text, source: "provider = \"postgres\"\nrelationMode = \"prisma\"")
    #expect(!emulated.hasForeignKeys)
    #expect(emulated.tables[1].foreignKeys.isEmpty)
  }

  @Test("an implicit many-to-many relation has a table of its own, once")
  func manyToMany() throws {
    let database = try database(
      """
      model Post {
        id Int @id
        tags Tag[]
        likes User[] @relation("likes")
      }
      model Tag {
        id String @id @db.Uuid
        posts Post[]
      }
      model User {
        id Int @id
        liked Post[] @relation("likes")
        friends User[] @relation("friends")
        friendOf User[] @relation("friends")
      }
      """)
    let tables = database.tables.filter(\.isRelationTable)
    #expect(tables.map(\.identity.name) == ["_PostToTag", "_likes", "_friends"])
    #expect(tables[0].columns.map(\.type) == ["integer", "uuid"])
    #expect(tables[0].foreignKeys.map(\.name) == ["_PostToTag_A_fkey", "_PostToTag_B_fkey"])
    #expect(tables[0].foreignKeys.map(\.table.name) == ["Post", "Tag"])
    #expect(tables[0].indexes.map(\.name) == ["_PostToTag_B_index"])
  }

  @Test("blocks are in the schemas that they say, the others in that of the address")
  func schemas() throws {
    let several = try database(
      "model A {\n  id Int @id\n  @@schema(\"b\")\n}\nenum E {\n  X\n  @@schema(\"a\")\n  @@map(\"e\")\n}",
      source: "provider = \"postgresql\"\nschemas = [\"a\", \"b\"]")
    #expect(several.tables[0].identity == .table("b", "A"))
    #expect(several.enumerations[0].identity == ObjectIdentity(.type, schema: "a", name: "e"))
    #expect(several.schemas == ["a", "b"])
    let one = try database(
      "model A {\n  id Int @id\n}",
      source: "provider = \"postgresql\"\nurl = \"postgresql://h/d?x=1&schema=shop\"")
    #expect(one.tables[0].identity == .table("shop", "A"))
  }

  @Test("views have columns and nothing else, composite types are no columns")
  func views() throws {
    let table = try database("view Recent {\n  id Int @unique\n  name String?\n  @@map(\"recent\")\n}")
      .tables[0]
    #expect(table.identity == ObjectIdentity(.view, schema: "public", name: "recent"))
    #expect(table.uniques.isEmpty)
    #expect(table.columns.map(\.name) == ["id", "name"])
  }
}
