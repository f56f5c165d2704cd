import Script

/// The files of a project as they are taken apart, one after the other: each is read knowing what those before it make.
///
/// What a file says hangs on its bytes and on the files before it, and on nothing else. So each file has a *key*, made of
/// its bytes and the key of the file before it, under which a ``ScriptMemory`` may know what was found before.
struct ScriptSequence {
  private let parse: @Sendable ([UInt8], inout ScriptContext) -> ParsedScript
  private let memory: ScriptMemory?
  /// What the files make that were really taken apart; those of `remembered` are not yet among them.
  private var context: ScriptContext
  private var key: ScriptKey
  /// The files behind these whose statements were remembered: what they make is found out when a file needs to know it.
  private var remembered: [(key: ScriptKey, bytes: [UInt8])] = []

  /// Begins a sequence in an empty database.
  ///
  /// - Parameter searchPath: the schemas in which sessions look up unqualified names.
  init(
    searchPath: [String], memory: ScriptMemory?,
    parse: @escaping @Sendable ([UInt8], inout ScriptContext) -> ParsedScript
  ) {
    self.parse = parse
    self.memory = memory
    context = ScriptContext(searchPath: searchPath)
    key = ScriptKey(searchPath: searchPath)
  }

  /// Takes the next file apart; those behind it know what it makes.
  mutating func read(_ bytes: [UInt8]) -> ParsedScript {
    guard let memory else { return parse(bytes, &context) }
    let before = key
    key = key.followed(by: bytes)
    if let script = memory.script(of: bytes, under: key) {
      remembered.append((before, bytes))
      return script
    }
    catchUp(with: before, memory)
    let script = parse(bytes, &context)
    memory.keep(script, of: bytes, under: key)
    return script
  }

  /// Takes a script apart that does not run here, such as one that takes things back: nobody knows what it makes.
  mutating func readAside(_ bytes: [UInt8]) -> ParsedScript {
    if let script = memory?.script(of: bytes, under: key.followed(by: bytes)) { return script }
    var aside = branch(for: bytes)
    return aside.read(bytes)
  }

  /// The same sequence for a file that does not run here, so that those behind it do not know what it makes.
  mutating func branch(for bytes: [UInt8]) -> ScriptSequence {
    // Once for all files that stand aside here, not in the copy of each.
    if let memory, !memory.knows(key.followed(by: bytes)) { catchUp(with: key, memory) }
    return self
  }

  /// Has what the last files make kept, for the reading in which another follows them.
  mutating func keepContext() {
    guard let memory, memory.hasNews else { return }
    catchUp(with: key, memory)
    memory.keep(context, under: key)
  }

  /// Finds out what the remembered files make.
  ///
  /// - Parameter key: that of the last of them.
  private mutating func catchUp(with key: ScriptKey, _ memory: ScriptMemory) {
    guard !remembered.isEmpty else { return }
    if let known = memory.context(under: key) {
      context = known
      remembered = []
      return
    }
    for place in remembered.indices.reversed() {
      guard let known = memory.context(under: remembered[place].key) else { continue }
      context = known
      remembered.removeFirst(place)
      break
    }
    for file in remembered { _ = parse(file.bytes, &context) }
    remembered = []
    memory.keep(context, under: key)
  }
}
