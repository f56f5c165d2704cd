import Script
import Synchronization

/// What was found in the files of a project when they were taken apart before.
///
/// Knows nothing of where it is kept; whoever keeps its ``contents`` makes sure that they come back whole, to the same
/// program, or not at all.
public final class ScriptMemory: Sendable {
  private struct State {
    /// What was remembered and has been asked for.
    var used: [ScriptKey] = []
    var usedContexts: Set<ScriptKey> = []
    /// What is new.
    var scripts: [(ScriptKey, [UInt8])] = []
    var contexts: [(ScriptKey, [UInt8])] = []
  }

  private let old: [UInt8]
  private let scripts: [ScriptKey: Range<Int>]
  private let contexts: [ScriptKey: Range<Int>]
  private let state = Mutex(State())

  /// How many states between files are kept: the last one, and where files have been changed.
  private static let keptContexts = 3

  /// Takes in what ``contents`` was before; remembers nothing if it is not that.
  public init(_ contents: [UInt8] = []) {
    old = contents
    let tables = contents.withUnsafeBytes { bytes -> [[ScriptKey: Range<Int>]]? in
      var place = 0
      guard let scripts = Self.table(in: bytes, &place), let contexts = Self.table(in: bytes, &place) else {
        return nil
      }
      return [scripts, contexts]
    }
    scripts = tables?[0] ?? [:]
    contexts = tables?[1] ?? [:]
  }

  /// Whether there is something in it now that was not in what it was made of.
  public var hasNews: Bool { state.withLock { !$0.scripts.isEmpty || !$0.contexts.isEmpty } }

  /// All that the last reading has used or found, for the next.
  public var contents: [UInt8] {
    state.withLock { state in
      var bytes: [UInt8] = []
      let kept = state.used.compactMap { key in scripts[key].map { (key, old[$0]) } }
      Self.append(kept + state.scripts.map { ($0, $1[...]) }, to: &bytes)
      let seen = contexts.filter { state.usedContexts.contains($0.key) }.map { ($0.key, old[$0.value]) }
      let contexts = seen + state.contexts.map { ($0, $1[...]) }
      Self.append(contexts.suffix(Self.keptContexts), to: &bytes)
      return bytes
    }
  }

  /// Whether it is remembered what a file says.
  func knows(_ key: ScriptKey) -> Bool { scripts[key] != nil }

  /// What a file says, if that is remembered.
  func script(of file: [UInt8], under key: ScriptKey) -> ParsedScript? {
    guard let range = scripts[key] else { return nil }
    guard
      let script = old.withUnsafeBytes({
        PackedScript.script(UnsafeRawBufferPointer(rebasing: $0[range]), of: file)
      })
    else { return nil }
    state.withLock { $0.used.append(key) }
    return script
  }

  /// Remembers what a file says.
  func keep(_ script: ParsedScript, of file: [UInt8], under key: ScriptKey) {
    guard let packed = PackedScript(script, of: file) else { return }
    state.withLock { $0.scripts.append((key, packed.bytes)) }
  }

  /// What the files up to one make, if that is remembered.
  func context(under key: ScriptKey) -> ScriptContext? {
    if let range = contexts[key] {
      state.withLock { _ = $0.usedContexts.insert(key) }
      return old.withUnsafeBytes { ScriptContext(packed: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
    let new = state.withLock { state in state.contexts.first { $0.0 == key }?.1 }
    return new?.withUnsafeBytes { ScriptContext(packed: $0) }
  }

  /// Remembers what the files up to one make.
  func keep(_ context: ScriptContext, under key: ScriptKey) {
    state.withLock { state in
      guard !state.contexts.contains(where: { $0.0 == key }) else { return }
      state.contexts.append((key, context.packed))
      if state.contexts.count > Self.keptContexts { state.contexts.removeFirst() }
    }
  }

  // MARK: Form

  /// Where each thing lies; `place` is moved behind them all.
  private static func table(in bytes: UnsafeRawBufferPointer, _ place: inout Int) -> [ScriptKey: Range<Int>]?
  {
    guard bytes.count - place >= 8 else { return nil }
    let count = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    place += 8
    guard count <= UInt64((bytes.count - place) / 24) else { return nil }
    var table: [ScriptKey: Range<Int>] = [:]
    table.reserveCapacity(Int(count))
    var start = place + Int(count) * 24
    for entry in 0..<Int(count) {
      func word(_ number: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: place + entry * 24 + number * 8, as: UInt64.self)
      }
      guard word(2) <= UInt64(bytes.count - start) else { return nil }
      let end = start + Int(word(2))
      table[ScriptKey(word(0), word(1))] = start..<end
      start = end
    }
    place = start
    return table
  }

  private static func append(_ entries: [(ScriptKey, ArraySlice<UInt8>)], to bytes: inout [UInt8]) {
    func append(_ word: UInt64) { withUnsafeBytes(of: word) { bytes += $0 } }
    append(UInt64(entries.count))
    for (key, value) in entries {
      append(key.words.0)
      append(key.words.1)
      append(UInt64(value.count))
    }
    for (_, value) in entries { bytes += value }
  }
}
