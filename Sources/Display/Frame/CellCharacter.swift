/// The character in a cell: one scalar and at most four marks that join it, as many as ncurses keeps (`CCHARW_MAX`).
///
/// It is plain bits, so that the thousands of cells of a frame are copied and compared without counting references: three
/// scalars of 21 bits in the first word, two in the second.
public struct CellCharacter: Sendable, Hashable {
  private var first: UInt64
  private var second: UInt64 = 0

  /// A character of one scalar.
  public init(_ scalar: Unicode.Scalar) { first = UInt64(scalar.value) }

  private init() { first = 0 }

  /// No ink.
  public static let blank = CellCharacter(" ")
  /// Nothing at all.
  static let none = CellCharacter()

  /// Joins a mark to it; one too many is left out.
  mutating func join(_ mark: Unicode.Scalar) {
    let value = UInt64(mark.value)
    let count = scalars.count
    if count < 3 {
      first |= value << (21 * UInt64(count))
    } else if count < 5 {
      second |= value << (21 * UInt64(count - 3))
    }
  }

  /// Its scalar and the marks behind it; empty in the second half of a wide character.
  public var scalars: [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    for word in [first, second] {
      var rest = word
      while let scalar = Unicode.Scalar(UInt32(rest & 0x1F_FFFF)), rest != 0 {
        scalars.append(scalar)
        rest >>= 21
      }
    }
    return scalars
  }

  /// It as text.
  public var text: String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
