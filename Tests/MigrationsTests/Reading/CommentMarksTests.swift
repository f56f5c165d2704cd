import Script
import Testing

@testable import Migrations

@Suite("What comments tell the runner")
struct CommentMarksTests {
  private func comments(_ text: String) -> [ScriptComment] { ScriptParser.parse(text).comments }

  @Test("requirements are read with their places")
  func requirements() {
    let text = "-- A title\n  --  Requires : 070_a, 071_b,\r\nSELECT 1; -- requires: 072_c"
    #expect(
      CommentMarks.requiredNames(in: comments(text)) == [
        CommentMarks.RequiredName(name: "070_a", position: SourcePosition(line: 2, column: 18)),
        CommentMarks.RequiredName(name: "071_b", position: SourcePosition(line: 2, column: 25)),
        CommentMarks.RequiredName(name: "072_c", position: SourcePosition(line: 3, column: 24)),
      ])
  }

  @Test(
    "sentences and strings are no requirements",
    arguments: [
      "-- requires: the pgcrypto extension", "-- requires pgcrypto", "-- requires: 070_a, and more",
      "-- requires:",
      "SELECT '\n-- requires: 070_a\n'", "DO $$\n-- requires: 070_a\nBEGIN END $$",
      "-- what it requires: 070_a",
    ])
  func sentences(text: String) {
    #expect(CommentMarks.requiredNames(in: comments(text)).isEmpty)
  }

  @Test(
    "marks of many tools forbid a transaction",
    arguments: [
      "-- +goose NO TRANSACTION", "-- migrate:up transaction:false", "-- no-transaction\r\nSELECT 1",
      "--  atlas:txmode  none", "---- tern: disable-tx ----", "SELECT 1; -- disable-transaction",
    ])
  func noTransaction(text: String) {
    #expect(CommentMarks.forbidsTransaction(in: comments(text)))
  }

  @Test("other comments do not", arguments: ["-- no transaction here", "SELECT 1", "-- migrate:up"])
  func transaction(text: String) {
    #expect(!CommentMarks.forbidsTransaction(in: comments(text)))
  }
}
