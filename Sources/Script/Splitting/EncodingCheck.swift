/// Makes sure that a file is text that a server accepts: UTF-8, and no NUL in it.
enum EncodingCheck {
  /// The number of bytes that the byte order mark takes at the beginning of a file: 3 or none.
  static func byteOrderMarkLength(of bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first thing that keeps the bytes from being such text.
  static func problem(in bytes: [UInt8]) -> ScriptProblem? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return problem("the file is UTF-16; save it as UTF-8", at: 0, in: bytes)
    }
    let invalid = firstInvalidByte(in: bytes)
    let zero = bytes.firstIndex(of: 0)
    if let zero, zero < invalid ?? .max {
      return problem("a NUL byte, which no SQL text can hold", at: zero, in: bytes)
    }
    guard let invalid else { return nil }
    let digits = String(bytes[invalid], radix: 16, uppercase: true)
    let code = digits.utf8.count < 2 ? "0\(digits)" : digits
    return problem("not UTF-8: byte 0x\(code) cannot stand here", at: invalid, in: bytes)
  }

  private static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static func problem(_ message: String, at offset: Int, in bytes: [UInt8]) -> ScriptProblem {
    let start = min(byteOrderMarkLength(of: bytes), offset)
    var tracker = PositionTracker(bytes, offset: start)
    var lines = SourceLines(bytes)
    return ScriptProblem(
      kind: .encoding, message: message, position: tracker.position(at: offset), line: lines.line(at: offset))
  }
}
