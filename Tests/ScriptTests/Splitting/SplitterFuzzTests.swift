import Glibc
import Testing

@testable import Script

/// Feeds the splitter what no one would write.
///
/// `SIGNALBOX_FUZZ_ITERATIONS` (2,000 if unset) and `SIGNALBOX_FUZZ_SEED` (fixed if unset) make a longer or another run;
/// a failure names the iteration, whose text depends on nothing but seed and iteration.
@Suite("The splitter under fuzz")
struct SplitterFuzzTests {
  private static func setting(_ name: String, otherwise value: UInt64) -> UInt64 {
    guard let text = getenv(name) else { return value }
    return UInt64(String(cString: text)) ?? value
  }

  @Test("gives ascending pieces, with nothing but space, comments, semicolons and rows between them")
  func properties() {
    let seed = Self.setting("SIGNALBOX_FUZZ_SEED", otherwise: 20_250_123)
    for iteration in 0..<Self.setting("SIGNALBOX_FUZZ_ITERATIONS", otherwise: 2_000) {
      var random = Random(state: seed &+ iteration &* 0x9E37_79B9_7F4A_7C15)
      let text = Self.text(using: &random)
      guard EncodingCheck.problem(in: text) == nil else {
        #expect(ScriptParser.parse(text).statements.isEmpty, "iteration \(iteration)")
        continue
      }
      if let complaint = Self.complaint(about: text) {
        Issue.record(
          "iteration \(iteration), seed \(seed): \(complaint): \(String(decoding: text, as: UTF8.self))")
        return
      }
    }
  }

  @Test("agrees with the parser on whatever the parser reads")
  func agreement() {
    let seed = Self.setting("SIGNALBOX_FUZZ_SEED", otherwise: 20_250_124)
    var read = 0
    for iteration in 0..<Self.setting("SIGNALBOX_FUZZ_ITERATIONS", otherwise: 2_000) {
      var random = Random(state: seed &+ iteration &* 0x9E37_79B9_7F4A_7C15)
      let text = iteration % 2 == 0 ? Self.text(using: &random) : Self.readableText(using: &random)
      guard EncodingCheck.problem(in: text) == nil, let theirs = ParserSplit.of(text) else { continue }
      read += 1
      // libpg_query's scanner, unlike PostgreSQL's, ends a string before a comment, and knows no change of settings.
      let pieces = ScriptSplitter.split(text).pieces
      if pieces.contains(where: { !$0.commentsInStrings.isEmpty || $0.hasEscapesInPlainStrings }) { continue }
      if let difference = ParserSplit.disagreement(over: text, theirs) {
        Issue.record(
          "iteration \(iteration), seed \(seed): \(difference): \(String(decoding: text, as: UTF8.self))")
        return
      }
    }
    #expect(read > 0)
  }

  @Test("and the parser behind it read anything without a crash")
  func parsing() {
    let seed = Self.setting("SIGNALBOX_FUZZ_SEED", otherwise: 20_250_125)
    for iteration in 0..<Self.setting("SIGNALBOX_FUZZ_ITERATIONS", otherwise: 2_000) / 4 {
      var random = Random(state: seed &+ iteration &* 0x9E37_79B9_7F4A_7C15)
      let text = Self.text(using: &random)
      let script = ScriptParser.parse(text)
      #expect(
        script.problems.map(\.position) == script.problems.map(\.position).sorted(), "iteration \(iteration)")
      #expect(script.statements.map(\.index) == Array(script.statements.indices), "iteration \(iteration)")
    }
  }

  /// What is wrong with the split of the text; nil if nothing is.
  private static func complaint(about text: [UInt8]) -> String? {
    let split = ScriptSplitter.split(text)
    var covered = [Bool](repeating: false, count: text.count)
    var end = 0
    var positions = PositionTracker(text)
    for piece in split.pieces {
      guard piece.range.lowerBound >= end, !piece.range.isEmpty else { return "pieces overlap" }
      guard positions.position(at: piece.range.lowerBound) == piece.position else { return "wrong position" }
      guard let first = text[piece.range].first, let last = text[piece.range].last, !first.isSpace else {
        return "space around a piece"
      }
      if last.isSpace, !piece.isCutOff, !piece.holdsPsqlCommand { return "space around a piece" }
      end = piece.range.upperBound
      for index in piece.range { covered[index] = true }
    }
    end = 0
    for comment in split.comments {
      guard comment.byteRange.lowerBound >= end else { return "comments overlap" }
      end = comment.byteRange.upperBound
      for index in comment.byteRange { covered[index] = true }
    }
    for rows in split.rows {
      if rows.contains(where: { covered[$0] }) { return "rows overlap" }
      for index in rows { covered[index] = true }
    }
    let isMark = Set(
      split.problems.filter { $0.kind == .psqlCommand }.flatMap { [$0.offset, $0.offset + 1] })
    var index = 0
    while index < text.count {
      let byte = text[index]
      if !covered[index], !byte.isSpace, byte != UInt8(ascii: ";"), byte != UInt8(ascii: "\\"),
        !isMark.contains(index)
      {
        return "byte \(index) belongs nowhere"
      }
      index += 1
    }
    return nil
  }

  private static func text(using random: inout Random) -> [UInt8] {
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
  private static func readableText(using random: inout Random) -> [UInt8] {
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

  /// SplitMix64.
  private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
  }
}
