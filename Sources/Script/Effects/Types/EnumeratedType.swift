import Schema

/// An enumerated type of which the files say labels, or an array of it.
struct EnumeratedType {
  /// The type of the elements.
  var identity: ObjectIdentity
  var isArray: Bool

  /// The type of this name, if it is an enumerated one; `text` is the type as `format_type` writes it.
  init?(_ identity: ObjectIdentity?, text: String, in known: KnownSchema) {
    guard let identity, known.isEnumeration(identity) else { return nil }
    self.identity = identity
    isArray = text.hasSuffix("[]")
  }

  private init(_ identity: ObjectIdentity, isArray: Bool) {
    self.identity = identity
    self.isArray = isArray
  }

  /// The type of the elements of an array, or of one that is none the array of it.
  var toggled: EnumeratedType { EnumeratedType(identity, isArray: !isArray) }

  /// The labels that a string stands for that is read as a value of the type.
  func labels(in text: String) -> [ObjectIdentity] {
    let texts = isArray ? Self.elements(ofArray: text) : [text]
    return texts.map { .enumValue(identity.schema ?? "", identity.name, $0) }
  }

  /// The elements of an array as `array_in` reads them, without NULL.
  static func elements(ofArray text: String) -> [String] {
    var found: [String] = []
    var current = ""
    var isQuoted = false
    var wasQuoted = false
    var isEscaped = false
    func end() {
      let element = wasQuoted ? current : current.trimmed
      if wasQuoted || (!element.isEmpty && element.uppercased() != "NULL") { found.append(element) }
      current = ""
      wasQuoted = false
    }
    for character in text {
      switch character {
      case _ where isEscaped:
        current.append(character)
        isEscaped = false
      case "\\": isEscaped = true
      case "\"":
        if !isQuoted { current = "" }
        isQuoted.toggle()
        wasQuoted = true
      case "{", "}", ",":
        if isQuoted { current.append(character) } else { end() }
      default:
        if isQuoted || !wasQuoted { current.append(character) }
      }
    }
    return found
  }
}

extension String {
  fileprivate var trimmed: String {
    let leading = drop { $0.isWhitespace }
    return String(leading.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension KnownSchema {
  /// Whether statements read so far have given a type labels.
  func isEnumeration(_ type: ObjectIdentity) -> Bool {
    guard type.kind == .type else { return false }
    return dependents[type]?.keys.contains { $0.kind == .enumValue } ?? false
  }
}
