import Display
import Glibc
import Testing

/// Compares a frame, text and styles, with the file of that name in `Golden/`.
///
/// With `SIGNALBOX_RECORD_GOLDEN` set, writes the file instead.
func expectGolden(
  _ frame: Frame, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = goldenDirectory + "/\(name).txt"
  let actual = GoldenText(frame).text
  if getenv("SIGNALBOX_RECORD_GOLDEN") != nil {
    try writeFile(actual, to: path)
    return
  }
  let expected = try readFile(path)
  guard actual != expected else { return }
  let actualLines = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let row = zip(actualLines, expectedLines).enumerated().first { $1.0 != $1.1 }?.offset
  let difference = row.map { "line \($0 + 1)\n  is      \(actualLines[$0])\n  must be \(expectedLines[$0])" }
  Issue.record(
    "\(name) differs: \(difference ?? "the number of lines")\n\(actual)", sourceLocation: sourceLocation)
}

/// A frame as a text that shows styles as well: the cells, then one letter for the style of each cell, then what the
/// letters mean.
struct GoldenText {
  let text: String

  init(_ frame: Frame) {
    var letters: [Style: Character] = [frame[frame.size.columns - 1, frame.size.rows - 1].style: "."]
    var legend: [String] = []
    var rows: [String] = []
    for row in 0..<frame.size.rows {
      var line = ""
      for cell in frame.row(row) where cell.columns > 0 {
        if letters[cell.style] == nil {
          let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(legend.count)))
          letters[cell.style] = letter
          legend.append("\(letter) \(Self.describe(cell.style))")
        }
        line += String(repeating: letters[cell.style] ?? "?", count: Int(cell.columns))
      }
      while line.last == "." { line.removeLast() }
      rows.append(line)
    }
    let size = "\(frame.size)" + (frame.cursor.map { ", cursor at \($0.column),\($0.row)" } ?? "")
    let cells = (0..<frame.size.rows).map { frame.text(ofRow: $0) }
    text = ([size] + cells + ["styles"] + rows + ["legend"] + legend).joined(separator: "\n") + "\n"
  }

  private static func describe(_ style: Style) -> String {
    let marks: [(Style.Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
    ]
    let words =
      ["\(colour(style.foreground)) on \(colour(style.background))"]
      + marks.filter { style.attributes.contains($0.0) }.map(\.1)
    return words.joined(separator: " ")
  }

  private static func colour(_ colour: Colour) -> String {
    switch colour {
    case .terminalDefault: "default"
    case .ansi(let colour): "\(colour)"
    case .palette(let index): "\(index)"
    case .rgb(let red, let green, let blue): "\(red),\(green),\(blue)"
    }
  }
}

private let goldenDirectory: String = {
  let parts = #filePath.split(separator: "/").dropLast(2)
  return "/" + parts.joined(separator: "/") + "/Golden"
}()

private struct FileError: Error {
  var path: String
  var code: Int32
}

private func readFile(_ path: String) throws -> String {
  guard let file = fopen(path, "r") else { throw FileError(path: path, code: errno) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

private func writeFile(_ text: String, to path: String) throws {
  guard let file = fopen(path, "w") else { throw FileError(path: path, code: errno) }
  defer { fclose(file) }
  guard fputs(text, file) >= 0 else { throw FileError(path: path, code: errno) }
}
