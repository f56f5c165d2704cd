import Testing

@testable import Prisma

@Suite("Names and attributes of a Prisma schema")
struct PrismaCheckTests {
  private func problems(_ text: String, source: String = "provider = \"postgresql\"") -> [String] {
    do {
      _ = try PrismaSchema([
        PrismaSchema.File(name: "s.prisma", text: text + "\ndatasource db {\n  \(source)\n}\n")
      ])
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test(
    "what cannot be meant is told with its place and what was probably meant",
    arguments: [
      (
        "model A {\n  id Int @id\n}\nmodel A {\n  id Int @id\n}",
        "s.prisma:4:7: there is a second \"A\"; the first is at s.prisma:1:7"
      ),
      ("model String {\n  id Int @id\n}", "s.prisma:1:7: \"String\" is the name of a scalar type"),
      ("model A {\n  id Int @id\n  id Int\n}", "s.prisma:3:3: \"A\" has a second field \"id\""),
      ("model A {\n  id Strng @id\n}", "s.prisma:2:6: there is no type \"Strng\" (did you mean \"String\"?)"),
      (
        "model A {\n  id Int @ide\n}",
        "s.prisma:2:10: a field has no attribute \"@ide\" (did you mean \"id\"?)"
      ),
      (
        "model A {\n  id Int @id\n  @@idx([id])\n}",
        "s.prisma:3:3: a model has no attribute \"@@idx\" (did you mean \"id\"?)"
      ),
      (
        "model A {\n  id Int @id\n  @@index([idd])\n}",
        "s.prisma:3:12: \"A\" has no field \"idd\" (did you mean \"id\"?)"
      ),
      (
        "model A {\n  id Int @id @db.Uuid\n}",
        "s.prisma:2:14: \"@db.Uuid\" is for fields of type String, not Int"
      ),
      (
        "model A {\n  id String @id @db.Varchar(3)\n}",
        "s.prisma:2:17: PostgreSQL has no native type \"Varchar\" (did you mean \"VarChar\"?)"
      ),
      (
        "model A {\n  id String @id @pg.Uuid\n}",
        "s.prisma:2:17: there is no datasource \"pg\""
      ),
      (
        "model A {\n  id Int @id @default(autoincrment())\n}",
        "s.prisma:2:23: there is no function \"autoincrment\" (did you mean \"autoincrement\"?)"
      ),
      (
        "enum R {\n  A\n}\nmodel A {\n  id Int @id\n  r R @default(B)\n}",
        "s.prisma:6:16: \"R\" has no value B (did you mean \"A\"?)"
      ),
      (
        "model A {\n  id Int @id\n  b Int @id\n}",
        "s.prisma:1:7: \"A\" has more than one id (several columns are one id with @@id([id, b]))"
      ),
      (
        "model A {\n  id Int @id\n  a A? @relation(fields: [id], references: [id], onDelete: Cascad)\n  b A[]\n}",
        "s.prisma:3:60: there is no referential action Cascad (did you mean \"Cascade\"?)"
      ),
      (
        "model A {\n  id Int @id\n  a A? @relation(fields: [id])\n}",
        "s.prisma:3:8: a relation has both \"fields\" and \"references\", or neither"
      ),
      (
        "model A {\n  id Int @id\n  @@schema(\"x\")\n}",
        "s.prisma:3:3: the datasource lists no schemas (schemas = [\"public\", …])"
      ),
      (
        "model A {\n  id Int @id\n  b B?\n}\nmodel B {\n  id Int @id\n}",
        "s.prisma:3:3: the relation \"b\" has no field at its other end, in \"B\" (as A[])"
      ),
      ("enum R {\n}", "s.prisma:1:6: the enumeration \"R\" has no values"),
    ])
  func wrong(text: String, problem: String) {
    #expect(problems(text).contains(problem), "\(problems(text))")
  }

  @Test("under a list of schemas every block says its own")
  func schemas() {
    let source = "provider = \"postgresql\"\n  schemas = [\"a\", \"b\"]"
    #expect(problems("model A {\n  id Int @id\n  @@schema(\"a\")\n}", source: source) == [])
    #expect(
      problems("model A {\n  id Int @id\n}", source: source)
        == ["s.prisma:1:7: \"A\" says no schema, and the datasource lists several (@@schema(\"…\"))"])
    #expect(
      problems("model A {\n  id Int @id\n  @@schema(\"c\")\n}", source: source)
        == ["s.prisma:3:3: the datasource does not list the schema \"c\""])
  }

  @Test("a schema for another server is refused")
  func provider() {
    #expect(
      problems("", source: "provider = \"mysql\"")
        == ["s.prisma:3:14: the provider is \"mysql\", not \"postgresql\""])
  }
}
