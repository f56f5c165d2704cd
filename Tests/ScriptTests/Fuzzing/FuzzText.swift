@testable import Script

/// Texts that no one would write.
enum FuzzText {
  /// Bytes that mean nothing, pieces of SQL in any order, or a part of a file with mistakes in it.
  static func any(using random: inout FuzzRandom) -> [UInt8] {
    switch random.below(4) {
    case 0:
      return (0..<random.below(200)).map { _ in UInt8(random.below(255) + 1) }
    case 1:
      return (0..<random.below(60)).flatMap { _ in Array(fragments[random.below(fragments.count)].utf8) }
    default:
      guard !Corpus.files.isEmpty else { return [] }
      let file = Corpus.files[random.below(Corpus.files.count)].bytes
      let start = random.below(file.count + 1)
      var text = Array(file[start..<min(file.count, start + 1_500)])
      for _ in 0..<random.below(6) where !text.isEmpty {
        let place = random.below(text.count)
        switch random.below(3) {
        case 0: text.remove(at: place)
        case 1: text.insert(contentsOf: fragments[random.below(fragments.count)].utf8, at: place)
        default: text.removeSubrange(place..<min(text.count, place + random.below(40)))
        }
      }
      return text
    }
  }

  /// Statements that the parser reads, in any order, with anything between them that may stand there.
  static func readable(using random: inout FuzzRandom) -> [UInt8] {
    let cases = SplittingCase.all.filter(\.isReadable)
    let gaps = [";", "; ", ";\n", ";;", "; -- it's; \n", ";/* $$ /* ' */ */", "\r\n;\t", "\n--\r;\u{C}"]
    return (0..<random.below(8)).flatMap { _ in
      Array(cases[random.below(cases.count)].text.utf8) + Array("\n".utf8)
        + Array(gaps[random.below(gaps.count)].utf8)
    }
  }

  private static let fragments = [
    "'", "''", "\"", "$$", "$a$", "$", "\\", "\\\\", "\\;", "\\g", "\\set x", "--", "/*", "*/", "\n", "\r\n",
    "\t", ";",
    "(", ")", "[", "]", ":", "::", ":a", ":'a'", ":\"a\"", "E'", "U&'", "U&\"", "b'", "select", " ",
    "begin atomic", "end",
    "case", "create function f() ", "create rule ", "copy t from stdin", "\\.", "\\.\n", "é", "\u{FEFF}", "1",
    "a$", "$1",
    ",", "\u{B}", "\u{C}", "set standard_conforming_strings = off", "\\copy t from stdin\n", "!", "{", "}",
  ]

  /// A whole file with tokens left out, doubled, or put in the place of others: what mostly still parses.
  static func shuffledFile(using random: inout FuzzRandom) -> [UInt8] {
    guard !Corpus.files.isEmpty else { return any(using: &random) }
    let bytes = Corpus.files[random.below(Corpus.files.count)].bytes
    let pieces = ScriptSplitter.split(bytes).pieces
    guard !pieces.isEmpty else { return bytes }
    let first = random.below(pieces.count)
    var text: [UInt8] = []
    for piece in pieces[first..<min(pieces.count, first + 1 + random.below(6))] {
      text += shuffled(Array(bytes[piece.range]), using: &random) + Array(";\n".utf8)
    }
    return text
  }

  private static func shuffled(_ statement: [UInt8], using random: inout FuzzRandom) -> [UInt8] {
    var lexer = SQLLexer(statement)
    var tokens: [[UInt8]] = []
    while let token = lexer.next() { tokens.append(Array(statement[token.range])) }
    for _ in 0..<random.below(4) where !tokens.isEmpty {
      let place = random.below(tokens.count)
      switch random.below(4) {
      case 0: tokens.remove(at: place)
      case 1: tokens.insert(tokens[random.below(tokens.count)], at: place)
      case 2: tokens[place] = tokens[random.below(tokens.count)]
      default: tokens[place] = Array(words[random.below(words.count)].utf8)
      }
    }
    return Array(tokens.joined(separator: Array(" ".utf8)))
  }

  private static let words = [
    "NULL", "ONLY", "*", "DEFAULT", "()", "''", "0", "-1", "ARRAY[]", "CASCADE", "IF EXISTS", "SELECT 1",
    "DO $$ $$",
    "(SELECT)", "VALUES ()", "LIKE t INCLUDING ALL", "public.t", "pg_temp.t", "a.b.c.d", "\"\"\"\"",
    "OR REPLACE",
    "PARTITION OF t", "EXECUTE format('%I', NULL)", "%TYPE", "SETOF", "[1:2]", "USING", "RETURNS TABLE ()",
  ]
}
