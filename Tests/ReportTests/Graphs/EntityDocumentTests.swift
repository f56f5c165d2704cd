import Migrations
import Schema
import Script
import Testing

@testable import Report

@Suite("Entities and their relationships")
struct EntityDocumentTests {
  private func document(_ sql: String...) -> EntityDocument {
    EntityDocument(
      title: "A \"title\"",
      migrations: sql.enumerated().map { index, text in
        Migration(
          id: MigrationID("00\(index)"), version: "", name: "", file: "",
          script: ScriptParser.parse(Array(text.utf8)))
      })
  }

  private static let sql = """
    CREATE TABLE public.users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE);
    CREATE TABLE public.profiles (user_id uuid PRIMARY KEY REFERENCES public.users(id), bio text);
    CREATE TABLE public.notes (
      id bigint PRIMARY KEY, author uuid NOT NULL REFERENCES public.users(id), editor uuid REFERENCES public.users(id),
      owner uuid REFERENCES auth.users(id), written timestamptz NOT NULL);
    """

  @Test("text tells what each table refers to and what refers to it")
  func text() {
    #expect(
      document(Self.sql).text == [
        "auth.users (provided)", "  ← public.notes(owner)", "", "public.notes (5 columns)",
        "  author → public.users(id)  0..n:1", "  editor → public.users(id)  0..n:0..1",
        "  owner → auth.users(id)  0..n:0..1", "", "public.profiles (2 columns)",
        "  user_id → public.users(id)  0..1:1", "", "public.users (2 columns)", "  ← public.notes(author)",
        "  ← public.notes(editor)", "  ← public.profiles(user_id)", "", "3 tables, 4 foreign keys",
      ])
  }

  @Test("Mermaid has keys and cardinalities, and only words that it knows")
  func mermaid() {
    let text = document(Self.sql).mermaid
    #expect(text.hasPrefix("erDiagram\n  e0[\"auth.users\"]\n"))
    #expect(text.contains("    uuid id PK\n    text email UK\n"))
    #expect(text.contains("    timestamp_with_time_zone written\n"))
    #expect(text.contains("  e3 ||--o{ e1 : \"author\"\n"))
    #expect(text.contains("  e3 |o--o{ e1 : \"editor\"\n"))
    #expect(text.contains("  e3 ||--o| e2 : \"user_id\"\n"))
    let odd = document("CREATE TABLE public.\"a\"\"b\" (\"first name\" numeric(10,2), \"2nd\" text[]);")
      .mermaid
    #expect(odd.contains("[\"public.#quot;a#quot;#quot;b#quot;\"]"))
    #expect(odd.contains("numeric_10_2 first_name \"first name\""))
    #expect(odd.contains("text c_2nd \"2nd\""))
  }

  @Test("DOT has every table and foreign key, escaped")
  func dot() {
    let text = document(Self.sql).dot
    #expect(text.hasPrefix("digraph \"A \\\"title\\\"\" {\n"))
    #expect(text.contains("\"public.notes\" -> \"public.users\" [arrowtail=crowodot, arrowhead=teetee"))
    #expect(document("CREATE TABLE public.\"<b>\" (id integer);").dot.contains("&lt;b&gt;"))
  }

  @Test("later files rename, drop and add")
  func changes() {
    let text = document(
      "CREATE TABLE public.a (id integer PRIMARY KEY); CREATE TABLE public.gone (id integer);",
      "ALTER TABLE public.a RENAME TO b; DROP TABLE public.gone;",
      "CREATE TABLE public.c (b_id integer REFERENCES public.b(id));"
    ).text
    #expect(text.contains("  b_id → public.b(id)  0..n:0..1"))
    #expect(!text.contains { $0.hasPrefix("public.a ") || $0.hasPrefix("public.gone") })
  }
}
