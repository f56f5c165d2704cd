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
    let count = scalars.reduce(0) { sum, _ in sum + 1 }
    if count < 3 {
      first |= value << (21 * UInt64(count))
    } else if count < 5 {
      second |= value << (21 * UInt64(count - 3))
    }
  }

  /// Its scalar and the marks behind it; empty in the second half of a wide character.
  public var scalars: Scalars { Scalars(word: first, later: second) }

  /// Its scalar, without the marks; nil in the second half of a wide character.
  public var base: Unicode.Scalar? { scalars.first { _ in true } }

  /// Its scalar if no marks join it.
  public var single: Unicode.Scalar? { first < 1 << 21 && second == 0 ? base : nil }

  /// It as text.
  public var text: String {
    if let single { return String(single) }
    var text = ""
    for scalar in scalars { text.unicodeScalars.append(scalar) }
    return text
  }

  /// The scalars of a character, one after the other.
  public struct Scalars: Sequence, IteratorProtocol, Sendable {
    fileprivate var word: UInt64
    fileprivate var later: UInt64

    /// The next one; nil behind the last.
    public mutating func next() -> Unicode.Scalar? {
      if word == 0 { (word, later) = (later, 0) }
      guard word != 0 else { return nil }
      defer { word >>= 21 }
      return Unicode.Scalar(UInt32(word & 0x1F_FFFF))
    }
  }
}
