/// A text that is safe to draw: the only kind that a ``Frame`` takes.
///
/// Our own words are literals; whatever is interpolated into them, or handed to ``init(foreign:)``, is made harmless on
/// the way in. So no text from outside can reach the screen untreated, and nobody has to remember to treat it.
public struct Text: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The characters, in one line and without controls.
  public let string: String

  private init(safe string: String) { self.string = string }

  /// Takes a text from outside and makes it harmless (``harmless(_:)``).
  public init(foreign text: String) { self.string = harmless(text) }

  /// Takes a text of our own.
  public init(stringLiteral value: String) { self.string = value }

  /// Takes our own words with harmless values between them.
  public init(stringInterpolation interpolation: Interpolation) { self.string = interpolation.string }

  /// The lines of a text from outside, each made harmless.
  public static func lines(foreign text: String) -> [Text] { harmlessLines(text).map(Text.init(safe:)) }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { string.isEmpty }

  /// The cells that it takes.
  public var columns: Int { CharacterWidth.columns(of: string) }

  /// One text behind another.
  public static func + (left: Text, right: Text) -> Text { Text(safe: left.string + right.string) }

  /// The texts with a separator between them.
  public static func joined(_ texts: [Text], separator: Text = "") -> Text {
    Text(safe: texts.map(\.string).joined(separator: separator.string))
  }

  /// The same text so many times.
  public func repeated(_ count: Int) -> Text { Text(safe: String(repeating: string, count: max(0, count))) }

  /// A text made of some of the characters of this one.
  func derived(_ string: String) -> Text { Text(safe: string) }

  /// Collects the parts of an interpolated text.
  public struct Interpolation: StringInterpolationProtocol {
    var string = ""

    /// Makes room for the parts.
    public init(literalCapacity: Int, interpolationCount: Int) {
      string.reserveCapacity(literalCapacity + interpolationCount * 8)
    }

    /// Takes our own words.
    public mutating func appendLiteral(_ literal: String) { string += literal }

    /// Takes a text that is safe already.
    public mutating func appendInterpolation(_ text: Text) { string += text.string }

    /// Takes anything else, made harmless.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      string += harmless(value.description)
    }
  }
}
