/// Turns byte offsets into lines and columns.
///
/// Offsets are asked for in ascending order, so that a whole file costs one pass even if it is a single line.
struct PositionTracker {
  private let bytes: [UInt8]
  private var offset: Int
  private var position: SourcePosition

  /// Makes a tracker that knows the position of one offset, and of all behind it.
  init(_ bytes: [UInt8], offset: Int = 0, position: SourcePosition = SourcePosition(line: 1, column: 1)) {
    self.bytes = bytes
    self.offset = offset
    self.position = position
  }

  /// The position of an offset that does not lie before the last one asked for.
  mutating func position(at target: Int) -> SourcePosition {
    let target = min(target, bytes.count)
    while offset < target {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") {
        position.line += 1
        position.column = 1
      } else if byte & 0xC0 != 0x80 {
        position.column += 1
      }
      offset += 1
    }
    return position
  }
}
