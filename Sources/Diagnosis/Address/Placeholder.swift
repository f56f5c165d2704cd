/// What templates leave for the reader to replace: `[YOUR-PASSWORD]`, `<project-ref>`, `${DB_PASSWORD}`.
enum Placeholder {
  /// The placeholders of an address, in order.
  static func all(in text: Substring) -> [String] {
    var found = bracketed(in: text) + variables(in: text)
    if found.isEmpty { found = bare(in: text) }
    return found
  }

  /// Words that say what is to be put there.
  private static let words = [
    "password", "passwd", "your", "ref", "project", "host", "user", "region", "database", "url", "db", "port",
    "secret", "key", "token",
  ]

  /// In brackets of three kinds, with a telling word and nothing but letters and separators inside.
  private static func bracketed(in text: Substring) -> [String] {
    var found: [String] = []
    let closings: [Character: Character] = ["[": "]", "<": ">", "{": "}"]
    var index = text.startIndex
    while index < text.endIndex {
      let opening = text[index]
      if let closing = closings[opening],
        let end = text[index...].firstIndex(of: closing)
      {
        let inside = text[text.index(after: index)..<end]
        // `${NAME}` is found as a variable.
        let isVariable = opening == "{" && index > text.startIndex && text[text.index(before: index)] == "$"
        if !isVariable, isTelling(inside) {
          found.append(String(text[index...end]))
          index = text.index(after: end)
          continue
        }
      }
      index = text.index(after: index)
    }
    return found
  }

  private static func isTelling(_ inside: Substring) -> Bool {
    guard !inside.isEmpty,
      inside.allSatisfy({ $0.isLetter || $0.isNumber || "-_ .".contains($0) })
    else { return false }
    return parts(of: inside).contains { words.contains($0) }
  }

  private static func parts(of text: Substring) -> [String] {
    text.lowercased().split { "-_ .".contains($0) }.map(String.init)
  }

  /// `${NAME}`, and `$NAME` where a part of the address begins.
  private static func variables(in text: Substring) -> [String] {
    var found: [String] = []
    var before: Character?
    var index = text.startIndex
    while index < text.endIndex {
      let rest = text[text.index(after: index)...]
      if text[index] == "$" {
        if rest.first == "{", let end = rest.firstIndex(of: "}") {
          found.append(String(text[index...end]))
        } else if before.map({ ":@/=".contains($0) }) ?? true {
          let name = rest.prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
          let next = rest.dropFirst(name.count).first
          if name.count > 2, next.map({ ":@/? ".contains($0) }) ?? true { found.append("$" + name) }
        }
      }
      before = text[index]
      index = text.index(after: index)
    }
    return found
  }

  /// Without brackets: a part of the address that begins with YOUR, or is PROJECT_REF and the like.
  private static func bare(in text: Substring) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || "-_".contains($0)) }.filter { part in
      let words = parts(of: part)
      return part.contains { $0.isUppercase } && !part.contains { $0.isLowercase } && words.count > 1
        && (words.first == "your" || words == ["project", "ref"] || words == ["db", "password"])
    }
    .map(String.init)
  }
}
