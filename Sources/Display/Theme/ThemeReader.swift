import TOML

extension Theme {
  /// Reads a theme's file that stands alone: `name`, `appearance`, named `[colours]`, and `[styles]` by role.
  ///
  /// - Parameter file: The file's name, for messages.
  /// - Throws: everything that is wrong with it, with line and column.
  public init(parsing text: String, file: String) throws(ThemeError) {
    self = try Theme(try ThemeSource(parsing: text, file: file), over: [])
  }

  /// Puts a theme together from its file and those that it inherits from, the most distant first.
  ///
  /// Named colours are taken over before the styles are read, so that a theme can change the colours of another by their
  /// names alone.
  ///
  /// - Throws: everything that is wrong with the file itself.
  init(_ source: ThemeSource, over ancestors: [ThemeSource]) throws(ThemeError) {
    var reader = ThemeReader()
    let theme = reader.theme(source.root, over: ancestors.map(\.root))
    guard let theme, reader.complaints.isEmpty else {
      throw ThemeError(
        reader.complaints.sorted { $0.position < $1.position }.map {
          ThemeError.Problem($0, file: source.file)
        })
    }
    self = theme
  }
}

extension ThemeError.Problem {
  init(_ error: TOMLError, file: String) {
    let meant = error.suggestion.map { ": did you mean `\($0)`?" } ?? ""
    self.init(file: file, line: error.line, column: error.column, message: error.message + meant)
  }
}

private struct ThemeReader {
  var complaints: [TOMLError] = []
  private var palette: [String: Colour] = [:]
  /// Whether a file is read that another inherits from: what is wrong with it is said of itself.
  private var isAncestor = false

  private static let marks: [(name: String, attribute: Style.Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
  ]

  mutating func theme(_ root: TOMLTable, over ancestors: [TOMLTable]) -> Theme? {
    complain(root.unknownKeys(known: ["name", "appearance", "inherits", "colours", "styles"]))
    var styles: [Role: Style] = [:]
    isAncestor = true
    for ancestor in ancestors { readColours(ancestor) }
    isAncestor = false
    readColours(root)
    isAncestor = true
    for ancestor in ancestors { readStyles(ancestor, into: &styles) }
    isAncestor = false
    readStyles(root, into: &styles)
    guard let name = value({ () throws(TOMLError) in try root.string("name") }) ?? nil else {
      if root["name"] == nil { complain("the theme has no `name`", root.position) }
      return nil
    }
    let nearest = ([root] + ancestors.reversed()).first { $0["appearance"] != nil } ?? root
    return Theme(name: name, appearance: appearance(nearest), styles: styles)
  }

  private mutating func readColours(_ root: TOMLTable) {
    guard let colours = value({ () throws(TOMLError) in try root.table("colours") }) ?? nil else { return }
    for entry in colours.entries { palette[entry.key.name] = colour(entry.value) }
  }

  private mutating func readStyles(_ root: TOMLTable, into styles: inout [Role: Style]) {
    guard let table = value({ () throws(TOMLError) in try root.table("styles") }) ?? nil else { return }
    complain(table.unknownKeys(known: Role.allCases.map(\.rawValue)))
    for role in Role.allCases {
      if let entry = table.entry(role.rawValue) { styles[role] = style(entry) }
    }
  }

  private mutating func appearance(_ root: TOMLTable) -> Theme.Appearance {
    guard let word = value({ () throws(TOMLError) in try root.string("appearance") }) ?? nil else {
      return .terminal
    }
    if let known = Theme.Appearance(rawValue: word) { return known }
    let words = Theme.Appearance.allCases.map(\.rawValue)
    complain(
      "`appearance` must be one of \(words.map { "`\($0)`" }.joined(separator: ", ")), but is `\(word)`",
      root["appearance"]?.position ?? root.position,
      suggestion: NearestName.nearest(to: word, among: words))
    return .terminal
  }

  private mutating func style(_ entry: TOMLEntry) -> Style {
    guard case .table(let table) = entry.value.kind else {
      complain(
        "`\(entry.key.name)` must be a table such as `{ foreground = \"red\", bold = true }`, but is "
          + entry.value.kindDescription, entry.value.position)
      return .plain
    }
    complain(table.unknownKeys(known: ["foreground", "background"] + Self.marks.map(\.name)))
    var style = Style.plain
    if let value = table["foreground"] { style.foreground = colour(value) }
    if let value = table["background"] { style.background = colour(value) }
    for mark in Self.marks {
      let isSet = value { () throws(TOMLError) in try table.boolean(mark.name) }
      if (isSet ?? nil) == true { style.attributes.insert(mark.attribute) }
    }
    return style
  }

  /// A colour: `#rrggbb`, a name of `[colours]`, one of the sixteen, `default`, or a number of the palette.
  ///
  /// The theme's own names win: its `blue` is not the terminal's.
  private mutating func colour(_ value: TOMLValue) -> Colour {
    switch value.kind {
    case .integer(let number):
      if let index = UInt8(exactly: number) { return .palette(index) }
      complain("a colour's number must be from 0 to 255, but is \(number)", value.position)
    case .string(let text):
      if let colour = palette[text] ?? Self.named[text] ?? Self.hexadecimal(text) { return colour }
      if text.hasPrefix("#") {
        complain("`\(text)` is no colour: write `#` and six hexadecimal digits", value.position)
      } else {
        complain(
          "`\(text)` is no colour that is known here", value.position,
          suggestion: NearestName.nearest(to: text, among: Array(palette.keys).sorted() + Self.names))
      }
    default:
      complain("a colour must be a string or a number, but is \(value.kindDescription)", value.position)
    }
    return .terminalDefault
  }

  private static let names: [String] =
    ["default"] + ANSIColour.allCases.map { Self.kebab("\($0)") }

  private static let named: [String: Colour] = Dictionary(
    uniqueKeysWithValues: [("default", .terminalDefault)]
      + ANSIColour.allCases.map { (Self.kebab("\($0)"), .ansi($0)) })

  private static func kebab(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
  }

  private static func hexadecimal(_ text: String) -> Colour? {
    guard text.utf8.count == 7, text.first == "#" else { return nil }
    let digits = text.dropFirst()
    guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }), let value = UInt32(digits, radix: 16) else {
      return nil
    }
    return .rgb(
      red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
  }

  /// Notes what is wrong and goes on, so that all complaints come at once.
  private mutating func value<Value>(_ read: () throws(TOMLError) -> Value) -> Value? {
    do {
      return try read()
    } catch {
      complain([error])
      return nil
    }
  }

  private mutating func complain(_ message: String, _ position: TOMLPosition, suggestion: String? = nil) {
    complain([TOMLError(message, at: position, suggestion: suggestion)])
  }

  private mutating func complain(_ errors: [TOMLError]) {
    if !isAncestor { complaints += errors }
  }
}
