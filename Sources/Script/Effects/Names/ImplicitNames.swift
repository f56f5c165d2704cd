import Schema

/// The names that PostgreSQL makes for constraints, indexes and sequences that the author did not name.
///
/// Follows `makeObjectName`, `ChooseIndexName`, `ChooseIndexColumnNames` and `ChooseConstraintName` of the server's
/// sources (`src/backend/commands/indexcmds.c`, `src/backend/catalog/pg_constraint.c`).
enum ImplicitNames {
  /// `first_second_label`, with the longer of the first two parts cut until it fits 63 bytes.
  static func objectName(_ first: String, _ second: String?, _ label: String) -> String {
    var firstLength = first.utf8.count
    var secondLength = second?.utf8.count ?? 0
    let overhead = 1 + label.utf8.count + (second == nil ? 0 : 1)
    let available = Identifier.maximumLength - overhead
    while firstLength + secondLength > available {
      if firstLength > secondLength { firstLength -= 1 } else { secondLength -= 1 }
    }
    var name = clipped(first, to: firstLength)
    if let second { name += "_" + clipped(second, to: secondLength) }
    return name + "_" + label
  }

  /// The first free one of `first_second_label`, `…label1`, `…label2` and so on.
  static func firstFree(
    _ first: String, _ second: String?, _ label: String, isTaken: (String) -> Bool
  ) -> String {
    var candidate = objectName(first, second, label)
    var number = 0
    while isTaken(candidate) {
      number += 1
      candidate = objectName(first, second, label + String(number))
    }
    return candidate
  }

  /// The columns joined with `_`, no longer than an identifier: the middle of an index or foreign key name.
  static func joined(_ columns: [String]) -> String {
    var text = ""
    for column in columns {
      if !text.isEmpty { text += "_" }
      text += column
      if text.utf8.count >= Identifier.maximumLength + 1 { break }
    }
    return text
  }

  /// The names of an index's columns: those given, with numbers where one comes twice.
  static func indexColumns(_ given: [String]) -> [String] {
    var chosen: [String] = []
    for name in given {
      var candidate = name
      var number = 0
      while chosen.contains(candidate) {
        number += 1
        candidate = clipped(name, to: Identifier.maximumLength - String(number).utf8.count) + String(number)
      }
      chosen.append(candidate)
    }
    return chosen
  }

  /// The text cut to at most `length` bytes at a character boundary.
  private static func clipped(_ text: String, to length: Int) -> String {
    guard text.utf8.count > length else { return text }
    var kept = ""
    var bytes = 0
    for scalar in text.unicodeScalars {
      bytes += UTF8.width(scalar)
      guard bytes <= length else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept
  }
}
