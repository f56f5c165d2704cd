import Testing

@testable import Script

/// Feeds the splitter what no one would write.
///
/// `SIGNALBOX_FUZZ_ITERATIONS` (2,000 if unset) and `SIGNALBOX_FUZZ_SEED` (fixed if unset) make a longer or another run;
/// a failure names the iteration, whose text depends on nothing but seed and iteration.
@Suite("The splitter under fuzz")
struct SplitterFuzzTests {
  @Test("gives ascending pieces, with nothing but space, comments, semicolons and rows between them")
  func properties() {
    let seed = FuzzSetting.number("SIGNALBOX_FUZZ_SEED", otherwise: 20_250_123)
    for iteration in 0..<FuzzSetting.number("SIGNALBOX_FUZZ_ITERATIONS", otherwise: 2_000) {
      var random = FuzzRandom(seed: seed, iteration: iteration)
      let text = FuzzText.any(using: &random)
      guard EncodingCheck.problem(in: text) == nil else {
        #expect(ScriptParser.parse(text).statements.isEmpty, "iteration \(iteration)")
        continue
      }
      if let complaint = SplitComplaint.about(text) {
        Issue.record(
          "iteration \(iteration), seed \(seed): \(complaint): \(String(decoding: text, as: UTF8.self))")
        return
      }
    }
  }

  @Test("agrees with the parser on whatever the parser reads")
  func agreement() {
    let seed = FuzzSetting.number("SIGNALBOX_FUZZ_SEED", otherwise: 20_250_124)
    var read = 0
    for iteration in 0..<FuzzSetting.number("SIGNALBOX_FUZZ_ITERATIONS", otherwise: 2_000) {
      var random = FuzzRandom(seed: seed, iteration: iteration)
      let text = iteration % 2 == 0 ? FuzzText.any(using: &random) : FuzzText.readable(using: &random)
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
    let seed = FuzzSetting.number("SIGNALBOX_FUZZ_SEED", otherwise: 20_250_125)
    for iteration in 0..<FuzzSetting.number("SIGNALBOX_FUZZ_ITERATIONS", otherwise: 2_000) / 4 {
      var random = FuzzRandom(seed: seed, iteration: iteration)
      let text = FuzzText.any(using: &random)
      let script = ScriptParser.parse(text)
      #expect(
        script.problems.map(\.position) == script.problems.map(\.position).sorted(), "iteration \(iteration)")
      #expect(script.statements.map(\.index) == Array(script.statements.indices), "iteration \(iteration)")
    }
  }
}
