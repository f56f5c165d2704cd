/// The rows behind a `COPY … FROM STDIN`, as psql finds them in a file.
struct CopyData {
  /// The rows, without the line that ends them.
  var range: Range<Int>
  /// Where SQL goes on.
  var resumesAt: Int
  /// Whether a line `\.` ended them; false if the file ended first.
  var isTerminated: Bool

  /// Reads the rows that begin at `start`, the beginning of a line.
  init(at start: Int, in bytes: [UInt8]) {
    let newline = UInt8(ascii: "\n")
    var line = start
    while line < bytes.count {
      var end = line
      while end < bytes.count, bytes[end] != newline { end += 1 }
      let next = min(end + 1, bytes.count)
      if end > line, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if end - line == 2, bytes[line] == UInt8(ascii: "\\"), bytes[line + 1] == UInt8(ascii: ".") {
        range = start..<line
        resumesAt = next
        isTerminated = true
        return
      }
      line = next
    }
    range = start..<bytes.count
    resumesAt = bytes.count
    isTerminated = false
  }
}
