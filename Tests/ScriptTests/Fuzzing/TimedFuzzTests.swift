import Glibc
import Synchronization
import Testing

@testable import Script

/// Fuzzes for as long as `SIGNALBOX_FUZZ_SECONDS` says: `make fuzz`.
///
/// The text at hand is written to the file that `SIGNALBOX_FUZZ_LAST` names before it is read, so that it is there after
/// a crash. `SIGNALBOX_FUZZ_SEED` repeats a run.
@Suite("The splitter and the reader of effects under fuzz, for a time")
struct TimedFuzzTests {
  static let seconds = FuzzSetting.number("SIGNALBOX_FUZZ_SECONDS", otherwise: 0)

  @Test("never crash, and the pieces always join to the file", .enabled(if: seconds > 0))
  func timed() {
    let seed = FuzzSetting.number("SIGNALBOX_FUZZ_SEED", otherwise: .random(in: 0...UInt64.max))
    print("fuzzing for \(Self.seconds) s with SIGNALBOX_FUZZ_SEED=\(seed)")
    let iterations = Self.run(for: .seconds(Int64(Self.seconds)), clock: ContinuousClock(), seed: seed)
    print("\(iterations) texts")
  }

  @Test("a run ends when the clock says so")
  func ends() {
    let clock = SteppingClock()
    #expect(Self.run(for: .seconds(3), clock: clock, seed: 1) == 2)
  }

  /// Reads texts until the time is over, and says how many.
  private static func run<C: Clock>(for duration: Duration, clock: C, seed: UInt64) -> UInt64
  where C.Duration == Duration {
    let end = clock.now.advanced(by: duration)
    let last = FuzzSetting.text("SIGNALBOX_FUZZ_LAST")
    var context = ScriptContext()
    var iteration: UInt64 = 0
    while clock.now < end {
      var random = FuzzRandom(seed: seed, iteration: iteration)
      let text = iteration % 3 == 0 ? FuzzText.any(using: &random) : FuzzText.shuffledFile(using: &random)
      if let last { keep(text, in: last) }
      if EncodingCheck.problem(in: text) == nil, let complaint = SplitComplaint.about(text) {
        Issue.record(
          "iteration \(iteration), seed \(seed): \(complaint): \(String(decoding: text, as: UTF8.self))")
        return iteration
      }
      // What is known of other files changes what is looked up; now and then it is forgotten.
      if iteration % 50 == 0 { context = ScriptContext() }
      let script = ScriptParser.parse(text, in: &context)
      if script.statements.map(\.index) != Array(script.statements.indices) {
        Issue.record("iteration \(iteration), seed \(seed): statements out of order")
        return iteration
      }
      iteration += 1
    }
    return iteration
  }

  private static func keep(_ text: [UInt8], in path: String) {
    guard let file = fopen(path, "wb") else { return }
    fwrite(text, 1, text.count, file)
    fclose(file)
  }
}

/// A clock on which a second passes with each look.
private final class SteppingClock: Clock, Sendable {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private let looks = Mutex<Int64>(0)
  var minimumResolution: Duration { .seconds(1) }

  var now: Instant {
    looks.withLock { count in
      defer { count += 1 }
      return Instant(offset: .seconds(count))
    }
  }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
}
