/// Gives the lines of a file that problems stand in.
///
/// The last line is kept, so that many problems in one long line share its text.
struct SourceLines {
  private let bytes: [UInt8]
  private var last: (range: Range<Int>, text: String)?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The line that holds the byte at `offset`, without its end and without a byte order mark.
  mutating func line(at offset: Int) -> String {
    if let last, last.range.contains(offset) || last.range.upperBound == offset { return last.text }
    let newline = UInt8(ascii: "\n")
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != newline { start -= 1 }
    var end = min(offset, bytes.count)
    while end < bytes.count, bytes[end] != newline { end += 1 }
    var content = bytes[start..<end]
    if start == 0 { content = content.dropFirst(EncodingCheck.byteOrderMarkLength(of: bytes)) }
    if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
    let text = String(decoding: content, as: UTF8.self)
    last = (start..<end, text)
    return text
  }
}
