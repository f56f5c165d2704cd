import Script

/// What comments in a migration's file tell its runner.
enum CommentMarks {
  /// A name behind `-- requires:`, with its place.
  struct RequiredName: Sendable, Hashable {
    var name: String
    var position: SourcePosition
  }

  /// The names behind `-- requires: ID, ID`.
  ///
  /// A comment with anything but names behind the colon is a sentence for people and says nothing here.
  static func requiredNames(in comments: [ScriptComment]) -> [RequiredName] {
    comments.flatMap { comment -> [RequiredName] in
      guard comment.text.hasPrefix("--"), let colon = comment.text.firstIndex(of: ":"),
        comment.content.lowercased().hasPrefix("requires"),
        words(comment.text[..<colon].drop { $0 == "-" }).map({ $0.lowercased() }) == ["requires"]
      else { return [] }
      var found: [RequiredName] = []
      var rest = comment.text[comment.text.index(after: colon)...]
      while let start = rest.firstIndex(where: { $0 != " " && $0 != "\t" }) {
        let end = rest[start...].firstIndex(of: ",") ?? rest.endIndex
        let names = words(rest[start..<end])
        guard names.count == 1 else { return [] }
        let column = comment.position.column + comment.text[..<start].unicodeScalars.count
        found.append(
          RequiredName(
            name: String(names[0]), position: SourcePosition(line: comment.position.line, column: column)))
        rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
      }
      return found
    }
  }

  /// Whether a comment of one of the known tools forbids a transaction around the file.
  static func forbidsTransaction(in comments: [ScriptComment]) -> Bool {
    comments.contains { comment in
      guard comment.text.utf8.count < 200, comment.text.hasPrefix("--") else { return false }
      let said = words(comment.content.lowercased()[...]).joined(separator: " ")
      return transactionMarks.contains(said)
        || (said.hasPrefix("changeset ") && said.contains("runintransaction:false"))
    }
  }

  /// The names behind `-- depends: a b` (yoyo) and `-- @depends a`, for which a migration may or may not stand.
  static func names(ofDependenciesIn comments: [ScriptComment]) -> [RequiredName] {
    comments.flatMap { comment -> [RequiredName] in
      let said = words(comment.content[...])
      guard comment.text.hasPrefix("--"), let first = said.first?.lowercased(),
        ["depends:", "@depends", "@depends:", "depends-on:", "@requires"].contains(first)
      else { return [] }
      return said.dropFirst().flatMap { $0.split(separator: ",") }.map {
        RequiredName(name: String($0), position: comment.position)
      }
    }
  }

  /// The marks of goose, dbmate, sqlx, other tools, Atlas, tern, sql-migrate, graphile-migrate, yoyo and Signalbox;
  /// golang-migrate has none.
  private static let transactionMarks: Set<String> = [
    "+goose no transaction", "migrate:up transaction:false", "no-transaction", "disable-transaction",
    "atlas:txmode none", "-- tern: disable-tx ----", "signalbox: no-transaction",
    "+migrate up notransaction", "! no-transaction", "transactional: false",
  ]

  private static func words(_ text: Substring) -> [Substring] {
    text.split { $0 == " " || $0 == "\t" || $0 == "\r" }
  }
}
