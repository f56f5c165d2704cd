/// Finds what somebody probably meant to write.
public enum NearestName {
  /// The candidate nearest to a misspelt name, or nil if none is near enough to be offered.
  ///
  /// Near enough is an edit distance (insert, delete, replace, swap neighbours; capitals do not count) of at most a
  /// third of the longer name, or one name being the beginning of the other with at least three letters in common.
  /// Of equally near candidates the first is taken.
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let letters = Array(candidate.lowercased())
      let limit = max(wanted.count, letters.count) / 3
      var distance = distance(wanted, letters)
      if distance > limit, isBeginning(wanted, letters) { distance = max(limit, 1) }
      guard distance <= max(limit, wanted.count > 1 ? 1 : 0) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.candidate
  }

  private static func isBeginning(_ left: [Character], _ right: [Character]) -> Bool {
    let shorter = min(left.count, right.count)
    return shorter >= 3 && left.prefix(shorter) == right.prefix(shorter)
  }

  /// The optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
