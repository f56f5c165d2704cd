/// A file that was taken apart, in few bytes: what the file itself says is left in the file.
public struct PackedScript: Sendable {
  /// What the same program reads again.
  public let bytes: [UInt8]

  /// Packs the statements of a file; nil if they are not told by the places where they stand in it.
  public init?(_ script: ParsedScript, of file: [UInt8]) {
    var packer = Packer()
    packer.pack(script.problems)
    packer.pack(script.comments.count)
    for comment in script.comments {
      guard Self.stands(comment.text, at: comment.byteRange, in: file) else { return nil }
      packer.pack(comment.byteRange)
      packer.pack(comment.position)
      packer.pack(comment.statement)
      packer.pack(comment.isInsideStatement)
    }
    packer.pack(script.statements.count)
    for (place, statement) in script.statements.enumerated() {
      guard statement.index == place, Self.stands(statement.text, at: statement.byteRange, in: file) else {
        return nil
      }
      packer.pack(statement.byteRange)
      packer.pack(statement.position)
      packer.pack(statement.form)
      packer.pack(statement.tag)
      packer.pack(statement.effects)
      packer.pack(statement.locks)
      packer.pack(statement.transactionRule)
      packer.pack(statement.opacity)
      packer.pack(statement.possibleEffects)
      packer.pack(statement.repetition)
      packer.pack(statement.settings)
      packer.pack(statement.searchPath)
    }
    bytes = packer.bytes
  }

  private static func stands(_ text: String, at range: Range<Int>, in file: [UInt8]) -> Bool {
    range.upperBound <= file.count && text.utf8.elementsEqual(file[range])
  }

  /// The script again; nil if the bytes are not of this program, or of another file.
  public static func script(_ bytes: UnsafeRawBufferPointer, of file: [UInt8]) -> ParsedScript? {
    do {
      var unpacker = try Unpacker(bytes)
      let script = try script(from: &unpacker, of: file)
      return unpacker.isAtEnd ? script : nil
    } catch {
      return nil
    }
  }

  private static func script(
    from unpacker: inout Unpacker, of file: [UInt8]
  ) throws(UnpackingError) -> ParsedScript {
    func text(_ range: Range<Int>) throws(UnpackingError) -> String {
      guard range.lowerBound >= 0, range.upperBound <= file.count else { throw UnpackingError() }
      return String(decoding: file[range], as: UTF8.self)
    }
    var script = ParsedScript(problems: try unpacker.array())
    let commentCount = try unpacker.count()
    script.comments.reserveCapacity(commentCount)
    for _ in 0..<commentCount {
      let range = try unpacker.value(Range<Int>.self)
      script.comments.append(
        ScriptComment(
          text: try text(range), byteRange: range, position: try unpacker.value(),
          statement: try unpacker.number(), isInsideStatement: try unpacker.flag()))
    }
    let statementCount = try unpacker.count()
    script.statements.reserveCapacity(statementCount)
    for index in 0..<statementCount {
      let range = try unpacker.value(Range<Int>.self)
      script.statements.append(
        Statement(
          index: index, text: try text(range), byteRange: range, position: try unpacker.value(),
          form: try unpacker.value(), tag: try unpacker.text(), effects: try unpacker.array(),
          locks: try unpacker.array(), transactionRule: try unpacker.value(),
          opacity: try unpacker.optional(), possibleEffects: try unpacker.array(),
          repetition: try unpacker.value(), settings: try unpacker.array(),
          searchPath: try unpacker.optional()))
    }
    return script
  }
}
