import Testing

@testable import Prisma

@Suite("Reading the Prisma schema language")
struct PrismaParserTests {
  private func read(_ text: String) throws -> PrismaDocument {
    var parser = PrismaParser(text, file: "schema.prisma")
    let document = parser.read()
    try #require(parser.problems == [])
    return document
  }

  private func problems(_ text: String) -> [String] {
    var parser = PrismaParser(text, file: "s.prisma")
    _ = parser.read()
    return parser.problems.map(\.description)
  }

  @Test("data sources and generators have settings, calls and lists among them")
  func configurations() throws {
    let document = try read(
      """
      datasource db {
        provider = "postgresql"
        url      = env("DATABASE_URL") // from outside
        schemas  = ["public", "shop"]
      }

      /// Makes the client.
      generator client {
        provider        = "prisma-client-js"
        previewFeatures = ["views"]
      }
      """)
    #expect(document.configurations.map(\.name.text) == ["db", "client"])
    #expect(document.configurations.map(\.kind) == [.datasource, .generator])
    #expect(document.configurations[0].value("provider")?.string == "postgresql")
    #expect(document.configurations[0].value("url")?.text == "env(\"DATABASE_URL\")")
    #expect(document.configurations[0].value("schemas")?.elements.compactMap(\.string) == ["public", "shop"])
    #expect(document.configurations[1].documentation == ["Makes the client."])
  }

  @Test("a field has a type, a number and attributes, each with its place")
  func fields() throws {
    let document = try read(
      """
      /// Accounts.
      model User {
        id    Int      @id @default(autoincrement())
        /// How to reach them.
        email String?  @db.VarChar(255) /// lower case
        tags  String[] @default([])
        place Unsupported("point")?
        posts Post[]   @relation("written")

        @@index([email(sort: Desc), id], name: "by_email", type: BTree)
        @@map("users")
      }
      """)
    let model = try #require(document.models.first)
    #expect(model.name == PrismaName("User", at: PrismaLocation(file: "schema.prisma", line: 2, column: 7)))
    #expect(model.documentation == ["Accounts."])
    #expect(model.fields.map(\.name.text) == ["id", "email", "tags", "place", "posts"])
    #expect(model.fields.map(\.arity) == [.required, .optional, .list, .optional, .list])
    #expect(model.fields[3].type == .unsupported("point"))
    #expect(model.fields[1].documentation == ["How to reach them.", "lower case"])
    #expect(model.fields[1].typeLocation == PrismaLocation(file: "schema.prisma", line: 5, column: 9))
    let native = try #require(model.fields[1].attributes.first)
    #expect(native.name.text == "db.VarChar")
    #expect(native.name.location == PrismaLocation(file: "schema.prisma", line: 5, column: 18))
    #expect(native.arguments.map(\.value.text) == ["255"])
    #expect(model.attributes.map(\.name.text) == ["index", "map"])
    #expect(model.attributes[0].argument("fields", or: 0)?.text == "[email(sort: Desc), id]")
    #expect(model.attributes[0].argument("type")?.constant == "BTree")
  }

  @Test("views, composite types and enumerations are read")
  func otherBlocks() throws {
    let document = try read(
      """
      view Active { id Int @unique }
      type Address {
        street String
      }
      enum Role {
        USER
        PAST_DUE @map("past due") // comment

        @@map("role")
        @@schema("auth")
      }
      """)
    #expect(document.models.map(\.kind) == [.view, .type])
    #expect(document.enumerations[0].values.map(\.name.text) == ["USER", "PAST_DUE"])
    #expect(document.enumerations[0].values[1].attributes.mappedName == "past due")
    #expect(document.enumerations[0].attributes.map(\.name.text) == ["map", "schema"])
  }

  @Test("arguments may stand on several lines, with a comma behind the last")
  func severalLines() throws {
    let document = try read(
      """
      model A {
        b B @relation(
          "ab", // why
          fields: [x, y],
          references: [x, y],
          onDelete: SetNull,
        )
        @@index([x], where: raw("x > 0"))
        @@unique([y], where: { deleted: null, kind: { not: "draft" } })
      }
      """)
    let relation = try #require(document.models[0].fields[0].attributes.first)
    #expect(relation.argument("name", or: 0)?.string == "ab")
    #expect(relation.argument("onDelete")?.constant == "SetNull")
    #expect(document.models[0].attributes[0].argument("where")?.text == "raw(\"x > 0\")")
    #expect(
      document.models[0].attributes[1].argument("where")?.text
        == "{ deleted: null, kind: { not: \"draft\" } }")
  }

  @Test("strings have the escapes of JSON, comments nest nowhere, a byte order mark and CRLF mean nothing")
  func words() throws {
    let document = try read(
      "\u{FEFF}enum E {\r\n  A @map(\"a\\\"\\n\\u00e9\\ud83d\\ude00\")\r\n  /* B\n */ C\r\n}\r\n")
    #expect(document.enumerations[0].values.map(\.name.text) == ["A", "C"])
    #expect(document.enumerations[0].values[0].attributes.mappedName == "a\"\n\u{E9}\u{1F600}")
    #expect(document.enumerations[0].values[1].name.location.line == 4)
  }

  @Test(
    "what cannot be read is told with its place, and the rest is read on",
    arguments: [
      ("model {\n}", "s.prisma:1:7: the name of the model is expected, not \"{\""),
      (
        "modle A {\n}",
        "s.prisma:1:1: a block (datasource, generator, model, view, type, enum) is expected, not \"modle\""
      ),
      (
        "model A {\n  id\n}",
        "s.prisma:2:5: the type of the field \"id\" is expected, not the end of the line"
      ),
      (
        "model A {\n  id Int[]?\n}",
        "s.prisma:2:11: the end of the type is expected, not \"?\" (lists cannot be optional)"
      ),
      (
        "model A {\n  id [Int]\n}",
        "s.prisma:2:6: a type is expected, not \"[\" (lists are written behind the type: String[])"
      ),
      (
        "model A {\n  id: Int\n}",
        "s.prisma:2:5: a type is expected, not \":\" (there is no colon between a field and its type)"
      ),
      ("model A {\n  id Int @default(\n}", "s.prisma:3:1: a value is expected, not \"}\""),
      ("model A {\n  id Int id\n}", "s.prisma:2:10: the end of the line is expected, not \"id\""),
      (
        "model A {\n  a String @map(\"x)\n}",
        "s.prisma:2:17: the string that begins here has no end on its line"
      ),
      ("model A {\n", "s.prisma:1:7: the block \"A\" has no end (close it with })"),
      (
        "type A = String",
        "s.prisma:1:8: type aliases are no part of the language (write the type at each field; composite types are in braces)"
      ),
      ("model A { id Int # }", "s.prisma:1:18: the character \"#\" has no meaning here"),
      ("/* open", "s.prisma:1:1: the comment that begins here has no end (*/)"),
    ])
  func errors(text: String, problem: String) {
    #expect(problems(text).contains(problem), "\(problems(text))")
  }

  @Test("each of several errors is told")
  func severalErrors() {
    #expect(problems("model A {\n  id\n  x Int\n  y\n}\nenum {\n}\nmodel B {\n z\n}").count == 4)
  }
}
