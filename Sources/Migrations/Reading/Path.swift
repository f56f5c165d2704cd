import Glibc

/// Paths as text: `/` between names, empty for the directory that they are relative to.
enum Path {
  static func join(_ directory: String, _ name: String) -> String {
    if directory.isEmpty { return name }
    if name.isEmpty { return directory }
    return directory.hasSuffix("/") ? directory + name : directory + "/" + name
  }

  /// The last name of a path.
  static func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The directory that holds the last name; empty if there is only one name.
  static func parent(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// A path before its last `/` and behind it; all of it behind, if there is none.
  static func split(_ path: String) -> (parent: Substring, name: Substring) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return (path[..<path.startIndex], path[...])
    }
    return (path[..<slash], path[path.utf8.index(after: slash)...])
  }

  /// The name without an ending, or nil if it does not end so.
  static func withoutEnding(_ name: String, _ ending: String) -> String? {
    guard name.utf8.count > ending.utf8.count, name.hasEnding(ending) else { return nil }
    return String(name[..<name.utf8.index(name.endIndex, offsetBy: -ending.utf8.count)])
  }
}

/// Names as the file system knows them, as bytes: to compare them as people read them would take most of the time in which
/// a project is found.
extension String {
  /// Whether it comes before another, byte by byte.
  func precedesBytewise(_ other: String) -> Bool {
    var (left, right) = (self, other)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        guard let first = left.baseAddress, let second = right.baseAddress else {
          return left.count < right.count
        }
        let order = memcmp(first, second, Swift.min(left.count, right.count))
        return order < 0 || (order == 0 && left.count < right.count)
      }
    }
  }

  /// Whether these very bytes are somewhere in it.
  func holds(_ part: String) -> Bool {
    guard let first = part.utf8.first else { return true }
    return utf8.indices.contains { utf8[$0] == first && utf8[$0...].starts(with: part.utf8) }
  }

  /// Whether it ends with these very bytes.
  func hasEnding(_ ending: String) -> Bool {
    utf8.count >= ending.utf8.count && utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8)
  }

  /// Whether it begins with these letters of ASCII, given in lower case, be they capitals in it or not.
  func hasBeginning(_ lowercase: String) -> Bool {
    utf8.count >= lowercase.utf8.count
      && zip(utf8, lowercase.utf8).allSatisfy { own, wanted in
        own == wanted || (0x41...0x5A).contains(own) && own | 0x20 == wanted
      }
  }
}
