/// A frame as a picture (SVG 1.1 with the system's monospaced font): the same frame always gives the same bytes.
///
/// Every run of text is stretched to its cells, and boxes, bars and symbols are drawn as lines and shapes, so that the grid
/// holds whatever font the reader has.
public struct Picture: Sendable {
  /// The picture's text.
  public let svg: String

  /// Draws a frame.
  ///
  /// - Parameters:
  ///   - title: What the picture shows, for those who do not see it.
  public init(_ frame: Frame, palette: PicturePalette, title: String) {
    let base = palette.paint(frame[frame.size.columns - 1, frame.size.rows - 1].style).ground
    var layers = PictureLayers(ground: base)
    for row in 0..<frame.size.rows { layers.take(row: row, of: frame, palette) }
    let width = frame.size.columns * PictureGrid.column
    let height = frame.size.rows * PictureGrid.row
    let margin = PictureGrid.margin
    let whole = (width: width + 2 * margin, height: height + 2 * margin)
    svg =
      """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" width="\(whole.width * 2 / 3)" height="\(whole.height * 2 / 3)" \
      viewBox="-\(margin) -\(margin) \(whole.width) \(whole.height)" font-size="20" \
      font-family="ui-monospace,'SF Mono',Menlo,'DejaVu Sans Mono','Liberation Mono',Consolas,monospace">
      <title>\(Self.escaped(title))</title>
      <style>.b{font-weight:bold}.i{font-style:italic}.c{text-anchor:middle}.g{shape-rendering:crispEdges}</style>
      <rect x="-\(margin)" y="-\(margin)" width="\(whole.width)" height="\(whole.height)" rx="12" fill="\(base)"/>

      """ + layers.elements + "</svg>\n"
  }

  /// A text as it stands between tags.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}

/// The units of a picture: a cell is as wide as a character of a monospaced font of twenty units.
enum PictureGrid {
  static let column = 12
  static let row = 24
  /// Where letters stand, counted from the top of a row.
  static let baseline = 18
  static let margin = 16
}
