import Glibc

/// SplitMix64: what comes hangs on nothing but seed and iteration.
struct FuzzRandom {
  private var state: UInt64

  init(seed: UInt64, iteration: UInt64) { state = seed &+ iteration &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}

/// What the environment asks of a fuzzing run.
enum FuzzSetting {
  static func number(_ name: String, otherwise value: UInt64) -> UInt64 {
    text(name).flatMap { UInt64($0) } ?? value
  }

  static func text(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
